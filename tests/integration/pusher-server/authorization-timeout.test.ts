import { expect, it } from "vitest";
import { apiOf, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

/** Clients join in less, also on a busy machine. */
const TIMEOUT = { authorizationTimeoutSeconds: 3 };

it("closes a client with 4009 that has only public channels after the timeout", async () => {
  const client = await rawClientOf(await startServer(TIMEOUT));
  await client.join("news");
  expect(await client.closed).toEqual({ code: 4009, reason: "Connection not authorized within timeout" });
});

it("keeps clients that are signed in or on a private channel", async () => {
  const server = await startServer(TIMEOUT);
  const subscriber = await rawClientOf(server);
  await subscriber.join("private-news");
  const user = await rawClientOf(server);
  user.send({ event: "pusher:signin", data: apiOf(server).authenticateUser(user.socketId, { id: "ann" }) });
  await user.next("pusher:signin_success");
  // The timer of this client is the last one to end.
  await (await rawClientOf(server)).closed;
  expect(server.connections().map(({ socketId }) => socketId)).toEqual([subscriber.socketId, user.socketId]);
});
