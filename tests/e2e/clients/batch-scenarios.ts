import { expect, it } from "vitest";
import { tokenOf, type World } from "../../support/clients/world.ts";

export function batchScenarios(world: () => World): void {
  it("asks for all its channels in one request with the pusher-js-auth plugin, each judged alone", async () => {
    const { gateway } = world();
    const token = tokenOf({ user: "alice", channels: ["fiche-*"], info: { name: "Alice" } });
    const alice = await world().open(token, { batched: true });
    const granted = Array.from({ length: 40 }, (_, number) => `private-fiche-${number}`);
    const askedBefore = gateway.asked("POST /auth");

    const channels = [...granted, "presence-fiche-1", "private-audit-1", "private-unheard-of"];
    const outcomes = await alice.subscribeAll(channels);

    expect(outcomes.slice(0, 40)).toEqual(granted.map(() => ({ joined: true })));
    // The plugin hands on that a channel was refused, and not the status.
    expect(outcomes.slice(40)).toEqual([
      { joined: true, me: "alice", members: { alice: { name: "Alice" } } },
      { joined: false },
      { joined: false },
    ]);
    expect(gateway.asked("POST /auth") - askedBefore).toBe(1);
  });
}
