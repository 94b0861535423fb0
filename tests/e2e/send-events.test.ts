import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hint } from "../../packages/local/src/hints/hint.ts";
import { cloudEvent, createInbox, listen, startGateway, type TestGateway } from "../support/stack.ts";

const hints = createInbox<Hint>();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({}, { onHint: hints.put });
});
afterAll(() => gateway.stop());

const data = { audit_id: "42", completed_steps: 3, total_steps: 5, failed_steps: 0, current_phase: "analysis" };

describe("an event of one's own", () => {
  it("reaches a browser from plain JSON", async () => {
    const listener = await listen(gateway, ["private-audit-42"]);
    const body = JSON.stringify({ type: "audit.progress", data });
    const response = await fetch(gateway.eventsUrl, { method: "POST", body });
    expect({ status: response.status, answer: await response.json() }).toEqual({
      status: 200,
      answer: { message_id: expect.any(String), event: "audit.progress", channels: ["private-audit-42"] },
    });
    expect(await listener.next()).toEqual({ event: "audit.progress", channel: "private-audit-42", data });
  });

  it("reaches a browser from curl's form", async () => {
    const listener = await listen(gateway, ["private-audit-42"]);
    const MessageBody = JSON.stringify({ type: "audit.progress", data });
    const body = new URLSearchParams({ Action: "SendMessage", MessageBody });
    expect((await fetch(gateway.queue.queueUrl, { method: "POST", body })).status).toBe(200);
    expect(await listener.next()).toMatchObject({ event: "audit.progress" });
  });
});

describe("the stack", () => {
  it("points out a subscription that can never hear anything, once", async () => {
    await listen(gateway, ["audit-1"]);
    await listen(gateway, ["audit-1"]);
    await listen(gateway, ["presence-audit-1"]);
    expect([await hints.take(), await hints.take()]).toMatchObject([
      { code: "channel_hears_nothing", detail: expect.stringContaining("private-audit-1") },
      { code: "presence_hears_no_events", detail: expect.stringContaining("private-audit-1") },
    ]);
  });

  it("explains a denied subscription", async () => {
    const body = new URLSearchParams({ socket_id: "1.2", channel_name: "private-audits-1" });
    expect((await fetch(`${gateway.apiUrl}/auth`, { method: "POST", body })).status).toBe(403);
    expect(await hints.take()).toMatchObject({
      code: "subscription_denied",
      detail: expect.stringContaining("private-audits-1 is denied (channel_not_allowed)"),
    });
  });

  it("forgets with a reset an event that Pusher publishes only later", async () => {
    const { control, pusher } = gateway;
    await control.reset();
    control.faults.add({ part: "pusher", effect: { kind: "wait", ms: 500 } });
    await gateway.send(cloudEvent("audit.progress", data));
    await expect.poll(() => pusher.server?.requests.entries.length).toBe(1);
    await control.reset();
    await pusher.server?.waitFor({ channel: "private-audit-42", event: "audit.progress" });
    expect(control.journal.entries).toEqual([]);
    expect(control.figures().events).toBe(0);
  });
});
