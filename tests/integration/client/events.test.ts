import { describe, expect, it, vi } from "vitest";
import { apiOf, startServer } from "../../support/pusher-server.ts";
import { openPage, startAuthServer, until, untilLive } from "../../support/realtime-page.ts";

const AUDIT = "private-audit-42";
const progress = { audit_id: "42", completed_steps: 3, total_steps: 5, failed_steps: 0, current_phase: "analysis" };

describe("a page with pusher-js", () => {
  it("hears the events of an audit, and reads after the subscription and after each", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const heard: unknown[] = [];
    const load = vi.fn();
    expect(page.realtime.status).toBe("idle");
    const audit = page.realtime.audit("42");
    audit.on("audit.progress", (data, meta) => heard.push([meta.channel, data]));
    audit.refetch(load);
    expect(page.realtime.status).toBe("connecting");
    await untilLive(page);
    expect(load).toHaveBeenCalledTimes(1);
    await apiOf(server).trigger(AUDIT, "audit.progress", progress);
    await until(() => expect(load).toHaveBeenCalledTimes(2));
    expect(heard).toEqual([[AUDIT, progress]]);
    expect(page.problems).toEqual([]);
  });

  it("reads 2 to 12 times for a burst of 1,000 events", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    let events = 0;
    let eventsAtLastRead = 0;
    const load = vi.fn(() => {
      eventsAtLastRead = events;
    });
    page.realtime.audit("42").onAny(() => events++);
    page.realtime.audit("42").refetch(load);
    await untilLive(page);
    load.mockClear();
    const beganMs = Date.now();
    const batch = Array.from({ length: 10 }, () => ({ channel: AUDIT, name: "audit.progress", data: progress }));
    await Promise.all(Array.from({ length: 100 }, () => apiOf(server).triggerBatch(batch)));
    await until(() => expect([events, eventsAtLastRead]).toEqual([1000, 1000]));
    expect(load.mock.calls.length).toBeGreaterThanOrEqual(2);
    // Ten reads a second are the most, and a loaded machine may take more than a second for the burst.
    const seconds = Math.max(1, Math.ceil((Date.now() - beganMs) / 1000));
    expect(load.mock.calls.length).toBeLessThanOrEqual(12 * seconds);
  });

  it("reads exactly once more for events during a read", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const endings: (() => void)[] = [];
    let events = 0;
    page.realtime.audit("42").refetch(() => new Promise<void>((resolve) => endings.push(resolve)));
    page.realtime.audit("42").onAny(() => events++);
    await until(() => expect(endings).toHaveLength(1));
    for (let count = 0; count < 3; count++) await apiOf(server).trigger(AUDIT, "audit.progress", progress);
    await until(() => expect(events).toBe(3));
    expect(endings).toHaveLength(1);
    endings[0]?.();
    await until(() => expect(endings).toHaveLength(2));
    endings[1]?.();
    await untilLive(page);
    expect(endings).toHaveLength(2);
  });

  it("drops stamped duplicates and older latest-wins events, and no unstamped event", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const heard: unknown[] = [];
    page.realtime.audit("42").onAny((data, { id }) => heard.push([id, data]));
    await untilLive(page);
    const send = (name: string, id: string, time: string) =>
      apiOf(server).trigger(AUDIT, name, { audit_id: "42", _realtime: { id, time } });
    await send("audit.progress", "1", "2026-01-01T00:00:05Z");
    await send("audit.progress", "1", "2026-01-01T00:00:05Z");
    await send("audit.progress", "2", "2026-01-01T00:00:04Z");
    await send("audit.started", "3", "2026-01-01T00:00:00Z");
    await send("audit.progress", "4", "2026-01-01T00:00:05Z");
    for (let count = 0; count < 2; count++) await apiOf(server).trigger(AUDIT, "audit.progress", { audit_id: "42" });
    await until(() => expect(heard).toHaveLength(5));
    const data = { audit_id: "42" };
    expect(heard).toEqual([
      ["1", data],
      ["3", data],
      ["4", data],
      [undefined, data],
      [undefined, data],
    ]);
  });

  it("drops no event whose envelope had no id", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const heard: unknown[] = [];
    page.realtime.audit("42").onAny((_, { id, time }) => heard.push([id, time]));
    await untilLive(page);
    const stamp = { time: "2026-01-01T00:00:05Z" };
    for (const _realtime of [stamp, stamp, {}, {}])
      await apiOf(server).trigger(AUDIT, "audit.progress", { audit_id: "42", _realtime });
    const timed = [undefined, stamp.time];
    await until(() => expect(heard).toEqual([timed, timed, [undefined, undefined], [undefined, undefined]]));
  });

  it("decrypts the events of encrypted channels", async () => {
    const [server, auth] = [await startServer(), await startAuthServer("encrypted")];
    const page = openPage(server, auth, { channels: "encrypted" });
    const heard: unknown[] = [];
    page.realtime.audit("42").on("audit.progress", (data) => heard.push(data));
    await untilLive(page);
    await apiOf(server).trigger("private-encrypted-audit-42", "audit.progress", progress);
    await until(() => expect(heard).toEqual([progress]));
  });
});
