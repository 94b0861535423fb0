import { expect, it } from "vitest";
import { type ClientWorld, tokenOf } from "../../support/clients/world.ts";

export function channelScenarios(world: () => ClientWorld): void {
  it("receives the events of a private channel that its token grants", async () => {
    const alice = await world().open(tokenOf({ user: "alice", channels: ["audit-42"] }));
    const sample = { audit_id: "42", status: "loaded" };

    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: true });
    await world().gateway.publish("audit.config_loaded", sample);

    expect(await alice.next("private-audit-42")).toEqual({ event: "audit.config_loaded", data: sample });
  });

  it.each(["private-audit-420", "private-fiche-42", "private-foo", "presence-audit-4"])(
    "gets 403 for %s, which its token does not grant",
    async (channel) => {
      const alice = await world().open(tokenOf({ user: "alice", channels: ["audit-42"] }));

      expect(await alice.subscribe(channel)).toEqual({ joined: false, status: 403 });
    },
  );

  it("sees members join and leave a presence channel with the info of their tokens", async () => {
    const channels = ["audit-42"];
    const alice = await world().open(tokenOf({ user: "alice", channels, info: { name: "Alice" } }));
    const bob = await world().open(tokenOf({ user: "bob", channels, info: { name: "Bob" } }));
    const both = { alice: { name: "Alice" }, bob: { name: "Bob" } };

    expect(await alice.subscribe("presence-audit-42")).toMatchObject({ me: "alice", members: { alice: both.alice } });
    expect(await bob.subscribe("presence-audit-42")).toEqual({ joined: true, me: "bob", members: both });

    const member = { id: "bob", info: { name: "Bob" } };
    expect(await alice.next("presence-audit-42")).toEqual({ event: "pusher:member_added", data: member });
    await bob.close();
    expect(await alice.next("presence-audit-42")).toEqual({ event: "pusher:member_removed", data: member });

    const bobAgain = await world().open(tokenOf({ user: "bob", channels, info: { name: "Bob" } }));
    await bobAgain.subscribe("presence-audit-42");
    await alice.close();
    const left = { id: "alice", info: { name: "Alice" } };
    expect(await bobAgain.next("presence-audit-42")).toEqual({ event: "pusher:member_removed", data: left });
  });

  it("gets 401 with an expired token, and joins with the next token of its headersProvider", async () => {
    const person = { user: "alice", channels: ["audit-42"] };
    const alice = await world().open(tokenOf({ ...person, expiresInSeconds: -60 }));

    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: false, status: 401 });
    await alice.setToken(tokenOf(person));

    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: true });
  });

  it("sends its current token again on every reconnect", async () => {
    const person = { user: "alice", channels: ["audit-42"] };
    const alice = await world().open(tokenOf(person));
    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: true });

    await alice.setToken(tokenOf({ ...person, channels: [] }));
    expect(await alice.reconnect("private-audit-42")).toEqual({ joined: false, status: 403 });
    await alice.setToken(tokenOf(person));
    expect(await alice.reconnect("private-audit-42")).toEqual({ joined: true });
  });
}
