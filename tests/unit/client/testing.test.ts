import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RealtimeProblem } from "../../../packages/client/src/index.ts";
import { createTestRealtime, type TestRealtime } from "../../../packages/client/src/testing/index.ts";

const problems: RealtimeProblem[] = [];
let realtime: TestRealtime;
beforeEach(() => {
  vi.useFakeTimers();
  problems.length = 0;
  realtime = createTestRealtime({ onProblem: (problem) => problems.push(problem) });
});
afterEach(() => {
  realtime.close();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("a test realtime", () => {
  it("sends events by the channel and by its name", async () => {
    const audit = realtime.audit("42");
    const heard = vi.fn();
    audit.on("audit.progress", heard);
    await settle();
    realtime.emit(audit, "audit.progress", {});
    realtime.emit("private-audit-42", "audit.progress", {});
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it("sends an event right after the subscription, before the page yields", () => {
    const audit = realtime.audit("42");
    const heard = vi.fn();
    audit.on("audit.progress", heard);
    realtime.emit(audit, "audit.progress", {});
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("loses the events that a test emits while the connection is lost", async () => {
    const audit = realtime.audit("42");
    const heard = vi.fn();
    audit.on("audit.progress", heard);
    await settle();
    realtime.disconnect();
    realtime.emit(audit, "audit.progress", {});
    realtime.reconnect();
    await settle();
    expect(heard).not.toHaveBeenCalled();
  });

  it("names the channels when a test sends to one without a subscriber", async () => {
    realtime.audit("42").onAny(() => undefined);
    await settle();
    expect(() => realtime.emit("private-audit-43", "audit.progress", {})).toThrow(
      "Nothing is subscribed to private-audit-43. Subscribed: private-audit-42",
    );
  });

  it("has no connection if a test ends it before it began", async () => {
    const early = createTestRealtime();
    early.audit("42").onAny(() => undefined);
    early.disconnect();
    await settle();
    expect(early.status).toBe("connecting");
    early.reconnect();
    await settle();
    expect(early.status).toBe("live");
    early.close();
  });

  it("loses its connection, and reads again without a delay", async () => {
    const load = vi.fn();
    realtime.audit("42").refetch(load);
    await settle();
    realtime.disconnect();
    expect(realtime.status).toBe("offline");
    realtime.reconnect();
    await settle();
    expect(realtime.status).toBe("live");
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("has its own user as a member, and the members that a test adds and removes", async () => {
    const viewers = realtime.presence("audit", "42");
    const changed = vi.fn();
    viewers.onMembers(changed);
    await settle();
    realtime.emit(viewers, "pusher:member_added", { id: "7", info: { name: "Ada" } });
    expect(viewers.members).toEqual([
      { id: "me", info: undefined, me: true },
      { id: "7", info: { name: "Ada" }, me: false },
    ]);
    realtime.emit(viewers, "pusher:member_removed", { id: "7" });
    expect(viewers.members).toEqual([{ id: "me", info: undefined, me: true }]);
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it("rejects an event to a channel without an id", () => {
    expect(() => realtime.emit(realtime.audit(null), "audit.progress", {})).toThrow("This channel has no name");
  });

  it("denies a channel that is subscribed, which then reads nothing", async () => {
    const audit = realtime.audit("42");
    const load = vi.fn();
    audit.refetch(load, { debounceMs: 50 });
    await settle();
    realtime.emit(audit, "audit.progress", {});
    realtime.emit(audit, "audit.progress", {});
    realtime.deny(audit);
    await vi.advanceTimersByTimeAsync(5000);
    expect(load).toHaveBeenCalledTimes(2);
    expect(problems).toMatchObject([
      { code: "denied", channel: "private-audit-42", detail: "status 403: denied by the test", retryable: false },
    ]);
    expect(realtime.status).toBe("live");
  });
});
