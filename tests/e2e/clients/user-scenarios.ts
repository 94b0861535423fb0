import { expect, it } from "vitest";
import { tokenOf, type World } from "../../support/clients/world.ts";

export function userScenarios(world: () => World): void {
  it("signs in as its token's user, and hears what is sent to the user", async () => {
    const alice = await world().open(tokenOf({ user: "alice", info: { name: "Alice" } }));

    expect(await alice.signIn()).toEqual({ user: { id: "alice", user_info: { name: "Alice" } } });
    await world().gateway.api.sendToUser("alice", "hello", { from: "the platform" });

    expect(await alice.nextOfUser()).toEqual({ event: "hello", data: { from: "the platform" } });
  });

  it("is told 401 when it signs in with an expired token", async () => {
    const alice = await world().open(tokenOf({ user: "alice", expiresInSeconds: -60 }));

    expect(await alice.signIn()).toEqual({ refused: 401 });
  });

  it("loses its connection when its user is terminated, and what was taken away for good", async () => {
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

  it("keeps its connection, and hears what it may no longer subscribe to, if it never signed in", async () => {
    const { platform, gateway } = world();
    platform.give("mallory", "audit-8");
    const mallory = await world().open(tokenOf({ user: "mallory" }));
    expect(await mallory.subscribe("private-audit-8")).toEqual({ joined: true });

    platform.takeAway("mallory", "audit-8");
    await gateway.api.terminateUserConnections("mallory");

    // The subscription is the old one, as a new one is refused: pusher-js does not connect again after a 4009.
    const sample = { audit_id: "8", status: "loaded" };
    await gateway.publish("audit.config_loaded", sample);
    expect(await mallory.next("private-audit-8")).toEqual({ event: "audit.config_loaded", data: sample });
    expect(await mallory.reconnect("private-audit-8")).toEqual({ joined: false, status: 403 });
  });
}
