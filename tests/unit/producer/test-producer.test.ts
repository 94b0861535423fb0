import { createTestProducer } from "@realtime-gateway/producer/testing";
import { describe, expect, it } from "vitest";
import { progressOf } from "../../support/producer-events.ts";

describe("createTestProducer", () => {
  it("lists what was sent, all or by name", async () => {
    const realtime = createTestProducer({ source: "/audits" });
    await realtime.send("audit.progress", progressOf("42"));
    await realtime.sendMany([["notification", { type: "info", message: "hello" }]]);
    expect(realtime.sent()).toMatchObject([
      { type: "audit.progress", source: "/audits", group: "audit-42" },
      { type: "notification" },
    ]);
    expect(realtime.sent("notification").map(({ data }) => data.message)).toEqual(["hello"]);
    realtime.clear();
    expect(realtime.sent()).toEqual([]);
  });

  it("validates as the real producer does", async () => {
    const { failed } = await createTestProducer().sendMany([
      ["audit.progress", { ...progressOf("42"), total_steps: 0.5 }],
    ]);
    expect(failed).toMatchObject([{ code: "invalid" }]);
  });

  it("resolves with an event to come, and finds one that was sent before", async () => {
    const realtime = createTestProducer();
    const waiting = realtime.waitFor("audit.progress", { timeoutMs: 60_000 });
    await realtime.send("notification", { type: "info", message: "hello" });
    await realtime.send("audit.progress", progressOf("42"));
    expect((await waiting).data.audit_id).toBe("42");
    expect(await realtime.waitFor(({ data }) => "message" in data && data.message === "hello")).toMatchObject({
      type: "notification",
    });
  });

  it("lists what was sent when the event does not come in time", async () => {
    const realtime = createTestProducer();
    await expect(realtime.waitFor("audit.failed", { timeoutMs: 1 })).rejects.toThrow(
      "no such event within 1 ms; nothing was sent",
    );
    await realtime.send("notification", { type: "info", message: "hello" });
    await expect(realtime.waitFor("audit.failed", { timeoutMs: 1 })).rejects.toThrow(
      'notification {"type":"info","message":"hello"}',
    );
  });

  it("fails the next events on demand", async () => {
    const realtime = createTestProducer();
    realtime.failNext("throttled");
    await expect(realtime.send("audit.progress", progressOf("42"))).rejects.toMatchObject({
      code: "throttled",
      retryable: true,
    });
    realtime.failNext("refused", 2);
    const { sent, failed } = await realtime.sendMany(
      [1, 2, 3].map((audit) => ["audit.progress", progressOf(String(audit))] as const),
    );
    expect(failed).toMatchObject([{ index: 0, code: "refused", retryable: false }, { index: 1 }]);
    expect(sent).toMatchObject([{ index: 2 }]);
    realtime.failNext("unreachable", 9);
    realtime.clear();
    await expect(realtime.send("audit.progress", progressOf("42"))).resolves.toBeDefined();
  });
});
