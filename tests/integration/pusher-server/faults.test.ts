import type { Fault } from "@realtime-gateway/pusher-server";
import { expect, test } from "vitest";
import { call, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

const EVENT = { name: "update", channel: "news", data: "{}" };
const BATCH = { batch: [EVENT] };

async function startFaulty(...faults: readonly Fault[]) {
  const server = await startServer({ faults });
  const published: string[] = [];
  server.onPublish(({ event }) => published.push(event));
  return { server, published, post: () => call(server, "POST", "/events", EVENT) };
}

test("a fault answers with its status, headers and body", async () => {
  const { server } = await startFaulty({
    effect: { kind: "answer", status: 429, body: "slow down", headers: { "content-type": "text/x-fault" } },
  });
  expect(await call(server, "POST", "/events", EVENT)).toEqual({
    status: 429,
    contentType: "text/x-fault",
    text: "slow down",
  });
});

test("an event with a failed answer is not published", async () => {
  const { post, published } = await startFaulty({ effect: { kind: "answer", status: 503 } });
  await post();
  expect(published).toEqual([]);
});

test("an accepted event is published in spite of its failed answer", async () => {
  const { post, published } = await startFaulty({ effect: { kind: "answer", status: 500, accepted: true } });
  await post();
  expect(published).toEqual(["update"]);
});

test("a fault strikes only its path", async () => {
  const { server, post } = await startFaulty({
    match: { path: "/batch_events" },
    effect: { kind: "answer", status: 503 },
  });
  const statuses = [(await post()).status, (await call(server, "POST", "/batch_events", BATCH)).status];
  expect(statuses).toEqual([200, 503]);
});

test("a fault skips calls, strikes and ends", async () => {
  const { post } = await startFaulty({ effect: { kind: "answer", status: 503 }, when: { skip: 1, times: 2 } });
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await post()).status);
  expect(statuses).toEqual([200, 503, 503, 200]);
});

test("a fault can pause before the event is published", async () => {
  const { post, published } = await startFaulty({ effect: { kind: "wait", ms: 20 } });
  const answer = post();
  const before = [...published];
  await answer;
  expect({ before, after: published }).toEqual({ before: [], after: ["update"] });
});

test("an event without an answer is published", async () => {
  const { server, post, published } = await startFaulty({ effect: { kind: "answer-late" } });
  const answer = post();
  await expect.poll(() => published).toEqual(["update"]);
  await server.close();
  await expect(answer).rejects.toThrow();
});

test("a late answer is a success", async () => {
  const { post } = await startFaulty({ effect: { kind: "answer-late", ms: 10 } });
  expect(await post()).toMatchObject({ status: 200, text: "{}" });
});

test("a stalled body ends only with its connection", async () => {
  const { server, post, published } = await startFaulty({ effect: { kind: "stall-body" } });
  const answer = post();
  await expect.poll(() => published).toEqual(["update"]);
  await server.close();
  await expect(answer).rejects.toThrow();
});

test.each([
  ["before", false, []],
  ["after", true, ["update"]],
])("a fault can reset the connection %s the event is published", async (_, accepted, expected) => {
  const { post, published } = await startFaulty({ effect: { kind: "reset", accepted } });
  await expect(post()).rejects.toThrow();
  expect(published).toEqual(expected);
});

test("faults can be added while the server runs", async () => {
  const { server, post } = await startFaulty();
  server.faults.add({ effect: { kind: "answer", status: 503 } });
  expect(await post()).toMatchObject({ status: 503 });
});

test("faults can be cleared while the server runs", async () => {
  const { server, post } = await startFaulty({ effect: { kind: "answer", status: 503 } });
  server.faults.clear();
  expect(await post()).toMatchObject({ status: 200 });
});

test("a call with a reset connection is logged without a status", async () => {
  const { server, post } = await startFaulty({ effect: { kind: "reset" } });
  await expect(post()).rejects.toThrow();
  expect(server.requests.entries).toEqual([{ method: "POST", path: "/apps/42/events", status: undefined }]);
});

test("faults do not affect WebSocket clients", async () => {
  const { server } = await startFaulty({ effect: { kind: "reset" } });
  await expect((await rawClientOf(server)).join("news")).resolves.toBeDefined();
});
