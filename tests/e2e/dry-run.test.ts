import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudEvent, startGateway, type TestGateway } from "../support/stack.ts";

describe("with PUSHER_DRY_RUN=1", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ PUSHER_DRY_RUN: "1" });
  });
  afterAll(() => gateway.stop());

  it("the relay acknowledges an event without a call to Pusher", async () => {
    const audit_id = randomUUID();

    const message = await gateway.send(cloudEvent("audit.progress", { audit_id, fiche_id: "7" }));

    expect(await gateway.settled(message)).toBe("acknowledged");
    expect(gateway.pusher.server?.requests.total).toBe(0);
  });

  it("the relay logs each channel that it would publish to, without the payload", async () => {
    const audit_id = randomUUID();

    const message = await gateway.send(
      cloudEvent("audit.failed", { audit_id, fiche_id: "8", error: "a secret reason" }),
    );
    await gateway.settled(message);

    const logged = gateway.logs.filter((line) => line.includes("dry_run")).join("\n");
    expect(logged).toContain(`"channel":"private-audit-${audit_id}"`);
    expect(logged).toContain('"channel":"private-fiche-8"');
    expect(logged).not.toContain("a secret reason");
  });

  it("POST /test answers that it was a dry run", async () => {
    const response = await fetch(`${gateway.apiUrl}/test`, { method: "POST" });

    expect(await response.json()).toMatchObject({ dry_run: true });
    expect(gateway.pusher.server?.requests.total).toBe(0);
  });
});
