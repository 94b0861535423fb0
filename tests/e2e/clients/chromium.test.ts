import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { CHROMIUM_RUNS } from "../../support/clients/chromium.ts";
import { type ChromiumDriver, startChromiumDriver } from "../../support/clients/chromium-driver.ts";
import { type ClientWorld, startWorld, tokenOf } from "../../support/clients/world.ts";
import { clientScenarios } from "./scenarios.ts";

describe.skipIf(!CHROMIUM_RUNS)("in Chromium", () => {
  let driver: ChromiumDriver;
  beforeAll(async () => {
    driver = await startChromiumDriver();
  });
  afterAll(() => driver.stop());

  clientScenarios(() => driver);

  describe("across origins", () => {
    let world: ClientWorld<ChromiumDriver>;
    beforeAll(async () => {
      world = await startWorld(driver);
    });
    afterAll(() => world.stop());

    const alice = tokenOf({ user: "alice", channels: ["*"] });

    it("sends a preflight before its token", async () => {
      const { gateway } = world;
      const client = await world.open(alice);

      expect(await client.subscribe("private-audit-42")).toEqual({ joined: true });
      expect(await client.signIn()).toMatchObject({ user: { id: "alice" } });

      expect(gateway.asked("OPTIONS /auth")).toBe(1);
      expect(gateway.asked("OPTIONS /user-auth")).toBe(1);
    });

    it.each([
      { batched: false, how: "one by one" },
      { batched: true, how: "in batches" },
    ])("denies a page of another origin, even with a valid token, $how", async ({ batched }) => {
      const { gateway } = world;
      const asked = () => [gateway.asked("POST /auth"), gateway.asked("POST /user-auth")];
      const askedBefore = asked();
      const stranger = await driver.openAt(driver.strangeOrigin, { ...gateway.address, token: alice, batched });
      onTestFinished(() => stranger.close());

      expect(await stranger.subscribe("private-audit-42")).toMatchObject({ joined: false });
      expect(await stranger.signIn()).toEqual({ denied: 0 });

      // The browser sent none of these requests.
      expect(asked()).toEqual(askedBefore);
    });
  });
});
