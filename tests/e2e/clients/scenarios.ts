import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Driver } from "../../support/clients/driver.ts";
import { type ClientWorld, startWorld, tokenOf } from "../../support/clients/world.ts";
import { batchScenarios } from "./batch-scenarios.ts";
import { channelScenarios } from "./channel-scenarios.ts";
import { userScenarios } from "./user-scenarios.ts";

/** The tests that every client passes, in Node and in a browser. */
export function clientScenarios(driver: () => Driver): void {
  describe("with private channels", () => {
    const world = useWorld(driver, {});
    channelScenarios(world);
    userScenarios(world);
    batchScenarios(world);
  });

  describe("with encrypted channels", () => {
    const world = useWorld(driver, { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64") });

    it("decrypts an event with the secret that its authorization brought", async () => {
      const alice = await world().open(tokenOf({ user: "alice", channels: ["audit-42"] }));
      const sample = { audit_id: "42", status: "loaded" };

      expect(await alice.subscribe("private-encrypted-audit-42")).toEqual({ joined: true });
      await world().gateway.publish("audit.config_loaded", sample);

      expect(await alice.next("private-encrypted-audit-42")).toEqual({ event: "audit.config_loaded", data: sample });
    });

    it("gets 403 for the private channel of the same entity", async () => {
      const alice = await world().open(tokenOf({ user: "alice", channels: ["audit-42"] }));

      expect(await alice.subscribe("private-audit-42")).toEqual({ joined: false, status: 403 });
    });
  });
}

/** Starts a world before the tests of this `describe` and stops it after them. */
function useWorld(driver: () => Driver, env: Record<string, string>): () => ClientWorld {
  let world: ClientWorld;
  beforeAll(async () => {
    world = await startWorld(driver(), env);
  });
  afterAll(() => world.stop());
  return () => world;
}
