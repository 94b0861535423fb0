import { createHmac } from "node:crypto";
import { createPusherClient, type PusherApp } from "@realtime-gateway/pusher";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { wellFormedId } from "../../support/arbitrary-ids.ts";
import { DOCUMENTED_SECRET, documentedApp } from "../../support/pusher-app.ts";
import { answerWith, startPeer } from "../../support/pusher-peer.ts";
import { APP, apiOf, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

function connect(app: Partial<PusherApp>) {
  const client = createPusherClient({ ...documentedApp, ...app }, { timeoutMs: 5000 });
  onTestFinished(() => client.close());
  return client;
}

describe("terminating a user", () => {
  it("is one POST of an empty object, signed over the path as it is sent", async () => {
    const peer = await startPeer();
    expect(await connect({ port: peer.port }).terminateUserConnections("a/b é")).toEqual({ ok: true });
    const [request, ...others] = peer.requests;
    const [path, query = ""] = (request?.path ?? "").split("?");
    const [signed, signature] = query.split("&auth_signature=");
    expect([path, request?.body, others]).toEqual(["/apps/app-1/users/a%2Fb%20%C3%A9/terminate_connections", "{}", []]);
    expect(signature).toBe(createHmac("sha256", DOCUMENTED_SECRET).update(`POST\n${path}\n${signed}`).digest("hex"));
  });

  it.each([
    [401, { ok: false, code: "pusher_misconfigured", detail: "status 401" }],
    [400, { ok: false, code: "rejected_by_pusher", detail: "status 400" }],
    [503, { ok: false, code: "pusher_unavailable", detail: "status 503" }],
  ])("answered with %i is %j", async (status, expected) => {
    const { port } = await startPeer(answerWith(status));
    expect(await connect({ port }).terminateUserConnections("ann")).toEqual(expected);
  });

  it("ends when its time is up", async () => {
    const { port } = await startPeer(() => {});
    const result = await connect({ port }).terminateUserConnections("ann", 50);
    expect(result).toEqual({ ok: false, code: "pusher_unavailable", detail: "timeout" });
  });

  it.each(["", "x".repeat(129)])("of the id %j is a bug of the caller's", async (id) => {
    const peer = await startPeer();
    await expect(connect({ port: peer.port }).terminateUserConnections(id)).rejects.toThrow(RangeError);
    expect(peer.requests).toEqual([]);
  });
});

it("closes the connections of that user and of no other, whatever the id", async () => {
  const server = await startServer();
  const { host, port } = server;
  const client = connect({ ...APP, host, port });
  const signedIn = async (id: string) => {
    const raw = await rawClientOf(server);
    raw.send({ event: "pusher:signin", data: apiOf(server).authenticateUser(raw.socketId, { id }) });
    await raw.next("pusher:signin_success");
    return raw;
  };
  const terminates = async (id: string, otherId: string): Promise<void> => {
    const [user, other] = [await signedIn(id), await signedIn(otherId)];
    expect(await client.terminateUserConnections(id)).toEqual({ ok: true });
    expect(await user.closed).toMatchObject({ code: 4009 });
    expect(await other.settled()).toEqual([]);
    other.socket.terminate();
    await other.closed;
  };
  // What is left of an id, or made of it, by who cuts, climbs or unescapes once too often or too seldom.
  for (const [id, other] of [
    ["a/b", "a"],
    ["a?b", "a"],
    ["a#b", "a"],
    ["%2F", "/"],
    ["%252F", "%2F"],
    ["a%", "a"],
    ["a+b", "a b"],
    [".", "terminate_connections"],
    ["..", "users"],
    ["../users/ann", "ann"],
    ["..\\..\\events", "events"],
    ["%2e%2e", ".."],
    ["Zoé", "Zoe\u0301"],
  ] as const)
    await terminates(id, other);
  await fc.assert(
    fc.asyncProperty(wellFormedId, wellFormedId, async (id, other) => {
      fc.pre(id !== other);
      await terminates(id, other);
    }),
    { numRuns: 200 },
  );
});
