// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { createElement, StrictMode, useState } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  RealtimeProvider,
  usePresence,
  useRealtime,
  useRealtimeEvent,
  useRealtimeStatus,
  useRefetch,
} from "../../../packages/client/src/react.ts";
import { createTestRealtime, type TestRealtime } from "../../../packages/client/src/testing/index.ts";

let realtime: TestRealtime;
beforeEach(() => {
  vi.useFakeTimers();
  realtime = createTestRealtime();
});
afterEach(() => {
  cleanup();
  realtime.close();
  vi.useRealTimers();
});

const inProvider = (component: () => ReturnType<typeof createElement> | null) =>
  createElement(StrictMode, {}, createElement(RealtimeProvider, { realtime }, createElement(component)));

const settle = () => act(() => vi.advanceTimersByTimeAsync(0));

describe("the hooks", () => {
  it("show the status and hear events", async () => {
    const heard: unknown[] = [];
    render(
      inProvider(() => {
        useRealtimeEvent(useRealtime().audit("42"), "audit.completed", (data) => heard.push(data));
        return createElement("p", {}, useRealtimeStatus());
      }),
    );
    await settle();
    expect(screen.getByText("live")).toBeDefined();
    act(() => realtime.emit("private-audit-42", "audit.completed", { audit_id: "42" }));
    expect(heard).toEqual([{ audit_id: "42" }]);
  });

  it("call the newest callback, and read no more often for a new one", async () => {
    const calls: string[] = [];
    let rename: (name: string) => void = () => undefined;
    render(
      inProvider(() => {
        const [name, setName] = useState("old");
        rename = setName;
        const audit = useRealtime().audit("42");
        useRefetch(audit, () => calls.push(`load ${name}`), {});
        useRealtimeEvent(audit, "audit.progress", () => calls.push(`event ${name}`));
        return null;
      }),
    );
    await settle();
    calls.length = 0;
    act(() => rename("new"));
    await settle();
    expect(calls).toEqual([]);
    act(() => realtime.emit("private-audit-42", "audit.progress", {}));
    expect(calls.sort()).toEqual(["event new", "load new"]);
  });

  it("render on a server without a connection", () => {
    const html = renderToString(
      inProvider(() => {
        useRefetch(useRealtime().audit("42"), () => undefined);
        const members = usePresence(useRealtime().presence("audit", "42"));
        return createElement("p", {}, `${useRealtimeStatus()} ${members.length}`);
      }),
    );
    expect(html).toBe("<p>idle 0</p>");
    expect(realtime.status).toBe("idle");
  });

  it("name the missing provider", () => {
    vi.spyOn(console, "error").mockReturnValue();
    expect(() => render(createElement(() => createElement("p", {}, useRealtime().status)))).toThrow(
      "useRealtime needs a <RealtimeProvider realtime={…}> around it",
    );
  });
});
