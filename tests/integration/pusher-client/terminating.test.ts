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
  it("is one POST of an empty object, signed over the escaped path", async () => {
    const peer = await startPeer();
    expect(await connect({ port: peer.port }).terminateUserConnections("a/b é")).toEqual({ ok: true });
    const [request, ...others] = peer.requests;
    const [path, query = ""] = (request?.path ?? "").split("?");
    const [signed, signature] = query.split("&auth_signature=");
    expect([path, request?.body, others]).toEqual(["/apps/app-1/users/a%2Fb%20%C3%A9/terminate_connections", "{}", []]);
    expect(signature).toBe(createHmac("sha256", DOCUMENTED_SECRET).update(`POST\n${path}\n${signed}`).digest("hex"));
  });

  it.each([
    [401, { ok: false, code: "pusher_misconfigured", status: 401, detail: "status 401" }],
    [400, { ok: false, code: "rejected_by_pusher", status: 400, detail: "status 400" }],
    [503, { ok: false, code: "pusher_unavailable", status: 503, detail: "status 503" }],
  ])("with the answer %i returns %j", async (status, expected) => {
    const { port } = await startPeer(answerWith(status));
    expect(await connect({ port }).terminateUserConnections("ann")).toEqual(expected);
  });

  it("ends after its timeout", async () => {
    const { port } = await startPeer(() => {});
    const result = await connect({ port }).terminateUserConnections("ann", 50);
    expect(result).toEqual({ ok: false, code: "pusher_unavailable", detail: "timeout" });
  });

  it.each(["", "x".repeat(129)])("with the id %j throws a RangeError", async (id) => {
    const peer = await startPeer();
    await expect(connect({ port: peer.port }).terminateUserConnections(id)).rejects.toThrow(RangeError);
    expect(peer.requests).toEqual([]);
  });
});

it("terminating a user closes only the connections of that user, for any id", async () => {
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
  // A server that cuts, resolves or unescapes the path once too often would reach the second user of each pair.
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
