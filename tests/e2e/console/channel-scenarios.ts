import { expect, it } from "vitest";
import { openConsole } from "../../support/console-page.ts";
import type { ConsoleWorld } from "../../support/console-world.ts";
import { cloudEvent, startGateway } from "../../support/stack.ts";
import { AUDIENCE, hmac, ISSUER, JWT_SECRET, makeToken } from "../../support/tokens.ts";

function tokenFor(grant: string): string {
  const exp = Math.floor(Date.now() / 1000) + 300;
  return makeToken(hmac(JWT_SECRET), { iss: ISSUER, aud: AUDIENCE, sub: "ann", exp, realtime: { channels: [grant] } });
}

const ENCRYPTED = { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64") };

/** Subscriptions of the page. */
export function channelScenarios(world: () => ConsoleWorld): void {
  it("subscribes to a channel through the real auth function, and shows a name that does not exist", async () => {
    const { page, goTo, button } = await world().open();
    await goTo("Channels");
    await page.getByLabel("Subscribe this page to a channel").fill("private-audit-=");
    await button("Subscribe").first().click();
    await page.getByText("No such channel").waitFor();
    await page.getByLabel("Subscribe this page to a channel").fill("presence-audit-42");
    await button("Subscribe").first().click();
    await page.getByText(/1 member: /).waitFor();
    await page.getByLabel("Subscribe this page to a channel").fill("private-audit-42");
    await button("Subscribe").first().click();
    await page
      .getByRole("row")
      .filter({ hasText: "private-audit-42" })
      .getByRole("button", { name: "Unsubscribe" })
      .waitFor();
    await world().gateway.send(cloudEvent("audit.config_loaded", { audit_id: "42" }));
    await page.getByText("1 event", { exact: true }).last().waitFor();
  });

  it("shows why a subscription is denied, and subscribes with a token that allows it", async () => {
    const strict = await startGateway({
      REALTIME_AUTH_MODE: "jwt",
      REALTIME_JWT_SECRET: JWT_SECRET,
      REALTIME_JWT_ISSUER: ISSUER,
      REALTIME_JWT_AUDIENCE: AUDIENCE,
    });
    const consolePage = await openConsole(world().browser, strict);
    try {
      const { page, goTo, button } = consolePage;
      await goTo("Channels");
      await page.getByLabel("Token").fill(tokenFor("audit-1"));
      await page.getByLabel("Subscribe this page to a channel").fill("private-audit-42");
      await button("Subscribe").first().click();
      const mine = page.getByRole("listitem").filter({ hasText: "private-audit-42" });
      await mine.getByText("denied").first().waitFor();
      await mine
        .getByText(/audit-42/)
        .nth(1)
        .waitFor();

      await page.getByLabel("Token").fill(tokenFor("audit-42"));
      await page.getByLabel("Token").press("Tab");
      await mine.getByText("subscribed", { exact: true }).waitFor();
    } finally {
      await consolePage.close();
      await strict.stop();
    }
  });

  it("decrypts the events of a stack with encrypted channels, and shows their arrival", async () => {
    const encrypted = await startGateway(ENCRYPTED);
    const consolePage = await openConsole(world().browser, encrypted);
    try {
      const { page, goTo, button, rows } = consolePage;
      await goTo("Channels");
      await page.getByLabel("Subscribe this page to a channel").fill("private-encrypted-audit-42");
      await button("Subscribe").first().click();
      const mine = page.getByRole("listitem").filter({ hasText: "private-encrypted-audit-42" });
      await mine.getByText("subscribed", { exact: true }).waitFor();

      await encrypted.send(cloudEvent("audit.config_loaded", { audit_id: "42" }));

      await mine.getByText("1 event", { exact: true }).waitFor();
      await goTo("Live");
      await rows("private-encrypted-audit-42")
        .getByText(/✓ \d+ ms/)
        .waitFor();
      expect(consolePage.complaints).toEqual([]);
    } finally {
      await consolePage.close();
      await encrypted.stop();
    }
  });
}
