import { expect, it } from "vitest";
import { type ClientWorld, tokenOf } from "../../support/clients/world.ts";

export function batchScenarios(world: () => ClientWorld): void {
  it("authorizes each of its channels in one request with the pusher-js-auth plugin", async () => {
    const { gateway } = world();
    const token = tokenOf({ user: "alice", channels: ["fiche-*"], info: { name: "Alice" } });
    const alice = await world().open(token, { batched: true });
    const granted = Array.from({ length: 40 }, (_, number) => `private-fiche-${number}`);
    const askedBefore = gateway.asked("POST /auth");

    const channels = [...granted, "presence-fiche-1", "private-audit-1", "private-unheard-of"];
    const outcomes = await alice.subscribeAll(channels);

    expect(outcomes.slice(0, 40)).toEqual(granted.map(() => ({ joined: true })));
    // The plugin reports the denial of a channel without its status.
    expect(outcomes.slice(40)).toEqual([
      { joined: true, me: "alice", members: { alice: { name: "Alice" } } },
      { joined: false },
      { joined: false },
    ]);
    expect(gateway.asked("POST /auth") - askedBefore).toBe(1);
  });
}
