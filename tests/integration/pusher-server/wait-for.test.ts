import { EventNotSeenError, startPusherServer } from "@realtime-gateway/pusher-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { APP, apiOf, call } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

const OTHER = { appId: "43", key: "other-key", secret: "other-secret" };
const MATCH = { app: "42", channel: "news", event: "update", data: { id: 1 } };

let server: Awaited<ReturnType<typeof startPusherServer>>;
beforeAll(async () => {
  server = await startPusherServer({ apps: [APP, OTHER] });
});
beforeEach(() => server.reset());
afterAll(() => server.close());

/** The message of a wait that finds nothing. */
async function missed(match: Parameters<typeof server.waitFor>[0] = MATCH): Promise<string> {
  const error: unknown = await server.waitFor(match, { timeoutMs: 0 }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EventNotSeenError);
  return error instanceof Error ? error.message : "";
}

const NOT_SEEN = 'No event "update" on channel "news" in app 42 with data {"id":1} within 0 ms.\n';

describe("waitFor", () => {
  it("resolves with an event that has passed", async () => {
    await apiOf(server).trigger("news", "update", { id: 1, title: "A" });
    expect(await server.waitFor(MATCH)).toMatchObject({ ...MATCH, data: { id: 1, title: "A" }, source: "api" });
  });

  it("resolves with an event that passes later", async () => {
    const seen = server.waitFor(MATCH);
    await apiOf(server).trigger("news", "other", {});
    await apiOf(server).trigger("news", "update", { id: 1 });
    expect((await seen).data).toEqual({ id: 1 });
  });

  it("sees the events of clients", async () => {
    const client = await rawClientOf(server);
    await client.join("private-room");
    client.send({ event: "client-typing", channel: "private-room", data: { who: "ann" } });
    const seen = await server.waitFor({ event: "client-typing" });
    expect(seen).toMatchObject({ channel: "private-room", data: { who: "ann" }, source: "client" });
    expect(seen.socketId).toBe(client.socketId);
    client.socket.terminate();
  });

  it("does not look back beyond `since`", async () => {
    await apiOf(server).trigger("news", "update", { id: 1 });
    const { number } = await server.waitFor({ event: "update" });
    await apiOf(server).trigger("news", "update", { id: 2 });
    expect((await server.waitFor({ event: "update", since: number })).data).toEqual({ id: 2 });
  });

  it("has the text of data that is no JSON", async () => {
    await call(server, "POST", "/events", { name: "update", channel: "news", data: "plain text" });
    expect((await server.waitFor({ event: "update" })).data).toBe("plain text");
  });

  it("rejects a match with a misspelt member, which would match every event", async () => {
    await apiOf(server).trigger("news", "update", { id: 1 });
    // As a test in JavaScript would write it.
    const misspelt: object = { chanel: "news" };
    await expect(server.waitFor(misspelt)).rejects.toThrow(
      "match.chanel is unknown (known: app, channel, event, data, since)",
    );
  });

  it.each([
    [{ timeoutMs: Number.POSITIVE_INFINITY }, "options.timeoutMs must be a number from 0 to 2147483647, not Infinity"],
    [{ timeoutMs: "10" }, "options.timeoutMs must be a number from 0 to 2147483647, not '10'"],
    [{ timeout: 10 }, "options.timeout is unknown (known: timeoutMs, signal)"],
  ])("rejects the options %j, which would end it early or late", async (options, expected) => {
    await apiOf(server).trigger("news", "update", { id: 1 });
    await expect(server.waitFor(MATCH, Object(options))).rejects.toThrow(expected);
  });

  it("rejects with the reason of its signal", async () => {
    const ending = new AbortController();
    const waiting = server.waitFor(MATCH, { signal: ending.signal });
    ending.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  it("rejects when the server closes", async () => {
    const short = await startPusherServer();
    const waiting = expect(short.waitFor({})).rejects.toThrow("The Pusher server was closed");
    await short.close();
    await waiting;
  });
});

describe("the error of waitFor after its timeout", () => {
  it("reports that nothing has passed", async () => {
    expect(await missed()).toBe(`${NOT_SEEN}  no event has passed`);
  });

  it("names another event of the channel", async () => {
    await apiOf(server).trigger("news", "updated", { id: 1 });
    expect(await missed()).toBe(`${NOT_SEEN}  other event: "updated"`);
  });

  it("names another channel of the event", async () => {
    await apiOf(server).trigger("private-news", "update", { id: 1 });
    expect(await missed()).toBe(`${NOT_SEEN}  other channel: "private-news"`);
  });

  it("shows other data of the event, the newest first", async () => {
    await apiOf(server).trigger("news", "update", { id: "1" });
    await apiOf(server).trigger("news", "update", { id: 2 });
    expect(await missed()).toBe(`${NOT_SEEN}  other data: {"id":2}, {"id":"1"}`);
  });

  it("names another app of the event", async () => {
    await apiOf(server, OTHER).trigger("news", "update", { id: 1 });
    expect(await missed()).toBe(`${NOT_SEEN}  other app: 43`);
  });

  it("names the number of an event before `since`", async () => {
    await apiOf(server).trigger("news", "update", {});
    const [seen] = server.events;
    const match = { channel: "news", since: seen?.number ?? 0 };
    expect(await missed(match)).toContain(`  earlier than \`since\`: number ${seen?.number}`);
  });

  it("lists other events that passed, each once with its number", async () => {
    for (const id of [1, 2]) await apiOf(server).trigger("sport", "goal", { id });
    expect(await missed()).toBe(`${NOT_SEEN}  further events: "goal" on "sport" in app 42 (2 times)`);
  });

  it("lists at most five of a kind", async () => {
    for (const name of ["a", "b", "c", "d", "e", "f"]) await apiOf(server).trigger("news", name, { id: 1 });
    expect(await missed()).toBe(`${NOT_SEEN}  other event: "f", "e", "d", "c", "b", 1 more`);
  });

  it("cuts long data", async () => {
    await apiOf(server).trigger("news", "update", { id: 0, text: "x".repeat(300) });
    expect(await missed()).toContain("x… (318 characters)");
  });

  it("names the calls to the HTTP API that failed", async () => {
    await apiOf(server, { secret: "wrong" })
      .trigger("news", "update", { id: 1 })
      .catch(() => undefined);
    expect(await missed()).toBe(
      `${NOT_SEEN}  no event has passed\n  calls to the HTTP API that failed: POST /apps/42/events 401`,
    );
  });
});
