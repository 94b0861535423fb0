import { once } from "node:events";
import { createServer } from "node:net";
import { createPusherClient, type PusherClientOptions } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import { describe, expect, it, onTestFinished } from "vitest";
import { documentedApp } from "../../support/pusher-app.ts";
import { answerWith, type PeerAnswer, portOf, startPeer } from "../../support/pusher-peer.ts";

const BATCH: readonly Entry[] = [{ channel: "private-global", name: "notification", data: "{}" }];
const RESET = { ok: false, code: "pusher_unavailable", detail: "ECONNRESET" };

async function connect(answer?: PeerAnswer, options: Partial<PusherClientOptions> = {}) {
  const peer = await startPeer(answer);
  const client = createPusherClient({ ...documentedApp, port: peer.port }, { timeoutMs: 5000, ...options });
  onTestFinished(() => client.close());
  const publish = () => client.publish(BATCH);
  return {
    peer,
    client,
    publish,
    publishAtOnce: (count: number) => Promise.all(Array.from({ length: count }, publish)),
  };
}

const reset: PeerAnswer = (response) => response.socket?.destroy();
/** Answers those requests, by their number, and resets the connections of all others. */
const resetAllBut =
  (...numbers: readonly number[]): PeerAnswer =>
  (response, request) =>
    (numbers.includes(request.number) ? answerWith(200) : reset)(response, request);

describe("connections", () => {
  it.each([
    ["answers", answerWith(200)],
    ["refusals", answerWith(400, '{"error":"no"}')],
    ["answers of a megabyte", answerWith(200, "x".repeat(1_048_576))],
    ["answers without a body", answerWith(204, "")],
  ])("are kept alive: calls one after another share one, with %s", async (_, answer) => {
    const { peer, publish } = await connect(answer);
    for (let call = 0; call < 5; call += 1) await publish();
    expect({ requests: peer.requests.length, connections: peer.connections() }).toEqual({
      requests: 5,
      connections: 1,
    });
  });

  it.each([
    [undefined, 32],
    [2, 2],
  ])("are limited for calls at once (maxConnections: %s)", async (maxConnections, most) => {
    const { peer, publishAtOnce } = await connect(undefined, { ...(maxConnections && { maxConnections }) });
    expect(await publishAtOnce(40)).toEqual(Array(40).fill({ ok: true }));
    expect(peer.connections()).toBe(most);
  });

  it("are closed on close", async () => {
    const { peer, client, publish } = await connect();
    await publish();
    client.close();
    await peer.connectionClosed();
    expect(await publish()).toEqual({ ok: true });
    expect(peer.connections()).toBe(2);
  });
});

describe("a connection that the peer closed while it was idle", () => {
  it("is replaced once it is known to be gone", async () => {
    const { peer, publish } = await connect();
    await publish();
    peer.closeIdleConnections();
    await peer.connectionClosed();
    expect(await publish()).toEqual({ ok: true });
    expect(peer.requests).toHaveLength(2);
  });

  it("costs one retry where it is found out by the request", async () => {
    const { peer, publish } = await connect(resetAllBut(1, 3));
    await publish();
    expect(await publish()).toEqual({ ok: true });
    expect(peer.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  it("costs one retry also where all the idle ones are gone", async () => {
    // Four connections answer once each; whatever comes over them after that meets a reset.
    const seen = new Set<number>();
    const oncePerConnection: PeerAnswer = (response, request) => {
      const stale = seen.has(request.connection);
      seen.add(request.connection);
      (stale ? reset : answerWith(200))(response, request);
    };
    const { peer, publish, publishAtOnce } = await connect(oncePerConnection, { maxConnections: 4 });
    await publishAtOnce(4);
    expect(await publish()).toEqual({ ok: true });
    expect(peer.requests).toHaveLength(6);
  });

  it("is retried exactly once", async () => {
    const { peer, publish } = await connect(resetAllBut(1));
    await publish();
    expect(await publish()).toEqual(RESET);
    expect(peer.requests).toHaveLength(3);
  });

  it("sends the same signed request again", async () => {
    const { peer, publish } = await connect(resetAllBut(1, 3));
    await publish();
    await publish();
    expect(peer.requests[2]).toMatchObject({ path: peer.requests[1]?.path, body: peer.requests[1]?.body });
  });
});

describe("what is not retried", () => {
  it("a reset of a fresh connection", async () => {
    const { peer, publish } = await connect(reset);
    expect(await publish()).toEqual(RESET);
    expect(peer.requests).toHaveLength(1);
  });

  it("a reset in the middle of an answer, on a kept connection too", async () => {
    const cut: PeerAnswer = (response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("{", () => response.socket?.destroy());
    };
    const { peer, publish } = await connect((response, request) =>
      (request.number === 1 ? answerWith(200) : cut)(response, request),
    );
    await publish();
    expect(await publish()).toEqual(RESET);
    expect(peer.requests).toHaveLength(2);
  });

  it("a refused connection", async () => {
    const nobody = createPusherClient({ ...documentedApp, port: await freePort() }, { timeoutMs: 5000 });
    onTestFinished(() => nobody.close());
    expect(await nobody.publish(BATCH)).toEqual({ ok: false, code: "pusher_unavailable", detail: "ECONNREFUSED" });
  });

  it("an answer that is no HTTP", async () => {
    const { peer, publish } = await connect((response) => response.socket?.end("s3cr3t\r\n\r\n"));
    const result = await publish();
    expect(result).toMatchObject({ ok: false, code: "pusher_unavailable" });
    expect(JSON.stringify(result)).not.toContain("s3cr3t");
    expect(peer.requests).toHaveLength(1);
  });
});

describe("the timeout", () => {
  const TIMEOUT = { ok: false, code: "pusher_unavailable", detail: "timeout" };
  const silence: PeerAnswer = () => {};
  const stall: PeerAnswer = (response) => void response.writeHead(200).write("{");

  it.each([
    ["before the headers", silence],
    ["in the middle of the body", stall],
  ])("holds for a peer that falls silent %s, and closes the connection", async (_, answer) => {
    const { peer, publish } = await connect(answer, { timeoutMs: 250 });
    expect(await publish()).toEqual(TIMEOUT);
    await peer.connectionClosed();
    expect(peer.requests).toHaveLength(1);
  });

  it.each([
    ["before the headers", silence],
    ["in the middle of the body", stall],
  ])("is not retried on a kept connection: silence %s", async (_, answer) => {
    const { peer, publish } = await connect(
      (response, request) => (request.number === 1 ? answerWith(200) : answer)(response, request),
      { timeoutMs: 250 },
    );
    await publish();
    expect(await publish()).toEqual(TIMEOUT);
    expect(peer.requests).toHaveLength(2);
  });

  it("counts the wait for a free connection", async () => {
    const { peer, publishAtOnce } = await connect(silence, { timeoutMs: 250, maxConnections: 1 });
    expect(await publishAtOnce(3)).toEqual([TIMEOUT, TIMEOUT, TIMEOUT]);
    expect(peer.requests.length).toBeLessThanOrEqual(3);
  });
});

/** A port where nobody listens: one that was just given back. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  await once(server, "close");
  return port;
}
