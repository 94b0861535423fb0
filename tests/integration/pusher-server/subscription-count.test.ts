import { expect, test } from "vitest";
import { clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { parseData, rawClientOf } from "../../support/raw-pusher-client.ts";

test("pusher-js hears how many are subscribed", async () => {
  const server = await startServer({ subscriptionCount: true });
  const channel = clientOf(server).subscribe("news");
  expect(await eventOf(channel, "pusher:subscription_count")).toEqual({ subscription_count: 1 });
});

test("those who stay hear the count go down", async () => {
  const server = await startServer({ subscriptionCount: true });
  const [ann, bob] = await Promise.all([rawClientOf(server), rawClientOf(server)]);
  await ann.join("news");
  await bob.join("news");
  await ann.next("pusher_internal:subscription_count");
  await ann.next("pusher_internal:subscription_count");
  bob.socket.close();
  expect(parseData(await ann.next("pusher_internal:subscription_count"))).toEqual({ subscription_count: 1 });
});

test("presence channels send no counts", async () => {
  const client = await rawClientOf(await startServer({ subscriptionCount: true }));
  await client.join("presence-room", { user_id: "ann" });
  expect(await client.settled()).toEqual([]);
});

test("no counts are sent unless they are switched on", async () => {
  const client = await rawClientOf(await startServer());
  await client.join("news");
  expect(await client.settled()).toEqual([]);
});
