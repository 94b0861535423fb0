import { expect, test } from "vitest";
import { clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { parseData, rawClientOf } from "../../support/raw-pusher-client.ts";

test("pusher-js receives the number of subscribers", async () => {
  const server = await startServer({ subscriptionCount: true });
  const channel = clientOf(server).subscribe("news");
  expect(await eventOf(channel, "pusher:subscription_count")).toEqual({ subscription_count: 1 });
});

test("the remaining subscribers receive the lower count", async () => {
  const server = await startServer({ subscriptionCount: true });
  const [ann, bob] = await Promise.all([rawClientOf(server), rawClientOf(server)]);
  await ann.join("news");
  await bob.join("news");
  await ann.next("pusher_internal:subscription_count");
  await ann.next("pusher_internal:subscription_count");
  bob.socket.close();
  expect(parseData(await ann.next("pusher_internal:subscription_count"))).toEqual({ subscription_count: 1 });
});

test("a presence channel sends no counts", async () => {
  const client = await rawClientOf(await startServer({ subscriptionCount: true }));
  await client.join("presence-room", { user_id: "ann" });
  expect(await client.settled()).toEqual([]);
});

test("no counts are sent by default", async () => {
  const client = await rawClientOf(await startServer());
  await client.join("news");
  expect(await client.settled()).toEqual([]);
});

test("a channel above 100 subscribers does not send a count for each join", async () => {
  const server = await startServer({ subscriptionCount: true });
  const first = await rawClientOf(server);
  await first.join("news");
  const others = await Promise.all(Array.from({ length: 119 }, () => rawClientOf(server)));
  for (const client of others) await client.join("news");
  const counts = (await first.settled()).map((frame) => parseData(frame));
  expect(counts).toHaveLength(101);
  expect(counts.at(-1)).toEqual({ subscription_count: 101 });
});
