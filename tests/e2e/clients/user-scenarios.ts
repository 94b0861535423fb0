import { expect, it } from "vitest";
import { type ClientWorld, tokenOf } from "../../support/clients/world.ts";

export function userScenarios(world: () => ClientWorld): void {
  it("signs in as the user of its token, and receives events for that user", async () => {
    const alice = await world().open(tokenOf({ user: "alice", info: { name: "Alice" } }));

    expect(await alice.signIn()).toEqual({ user: { id: "alice", user_info: { name: "Alice" } } });
    await world().gateway.api.sendToUser("alice", "hello", { from: "the platform" });

    expect(await alice.nextOfUser()).toEqual({ event: "hello", data: { from: "the platform" } });
  });

  it("gets 401 for a sign-in with an expired token", async () => {
    const alice = await world().open(tokenOf({ user: "alice", expiresInSeconds: -60 }));

    expect(await alice.signIn()).toEqual({ denied: 401 });
  });

  it("loses its connection when its user is terminated, and cannot rejoin a channel it no longer owns", async () => {
    const { platform, gateway } = world();
    platform.give("mallory", "job-7");
    const mallory = await world().open(tokenOf({ user: "mallory" }));
    await mallory.signIn();
    expect(await mallory.subscribe("private-job-7")).toEqual({ joined: true });

    platform.takeAway("mallory", "job-7");
    await gateway.api.terminateUserConnections("mallory");

    expect(await mallory.ended()).toBe(4009);
    expect(await mallory.reconnect("private-job-7")).toEqual({ joined: false, status: 403 });
    expect(await mallory.subscribe("private-global")).toEqual({ joined: true });
  });

  it("keeps its connection and its subscriptions if it never signed in, even without ownership", async () => {
    const { platform, gateway } = world();
    platform.give("mallory", "audit-8");
    const mallory = await world().open(tokenOf({ user: "mallory" }));
    expect(await mallory.subscribe("private-audit-8")).toEqual({ joined: true });

    platform.takeAway("mallory", "audit-8");
    await gateway.api.terminateUserConnections("mallory");

    // The old subscription still works. pusher-js would not reconnect after a 4009, and a new subscription is denied.
    const sample = { audit_id: "8", status: "loaded" };
    await gateway.publish("audit.config_loaded", sample);
    expect(await mallory.next("private-audit-8")).toEqual({ event: "audit.config_loaded", data: sample });
    expect(await mallory.reconnect("private-audit-8")).toEqual({ joined: false, status: 403 });
  });
}
