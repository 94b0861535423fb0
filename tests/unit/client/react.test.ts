// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRealtime, type RealtimeClient } from "../../../packages/client/src/index.ts";
import { createTestRealtime, type TestRealtime } from "../../../packages/client/src/testing/index.ts";
import { loadReactKit, type ReactKit } from "../../support/react-kit.ts";

const kits = { 18: await loadReactKit(18), 19: await loadReactKit(19) };

let realtime: TestRealtime;
const reportError = vi.spyOn(console, "error");
const reportWarning = vi.spyOn(console, "warn");

beforeEach(() => {
  vi.useFakeTimers();
  realtime = createTestRealtime();
  reportError.mockClear();
  reportWarning.mockClear();
});
afterEach(() => {
  realtime.close();
  vi.useRealTimers();
});

type Component = () => ReturnType<ReactKit["react"]["createElement"]> | null;

describe.each([18, 19] as const)("the hooks in React %i", (version) => {
  const { react, server, hooks, testing } = kits[version];
  const { createElement } = react;
  const { useRealtime, useRealtimeEvent, useRealtimeStatus, useRefetch, usePresence } = hooks;

  afterEach(() => testing.cleanup());

  const inProvider = (component: Component, client: RealtimeClient = realtime) =>
    createElement(
      react.StrictMode,
      {},
      createElement(hooks.RealtimeProvider, { realtime: client }, createElement(component)),
    );

  const settle = () => testing.act(() => vi.advanceTimersByTimeAsync(0));

  const expectNoWarning = () => {
    expect(reportError.mock.calls).toEqual([]);
    expect(reportWarning.mock.calls).toEqual([]);
  };

  it("run with this version", () => {
    expect(react.version).toMatch(new RegExp(`^${version}\\.`));
  });

  it("show the status and hear events", async () => {
    const heard: unknown[] = [];
    testing.render(
      inProvider(() => {
        useRealtimeEvent(useRealtime().audit("42"), "audit.completed", (data) => heard.push(data));
        return createElement("p", {}, useRealtimeStatus());
      }),
    );
    await settle();
    expect(testing.screen.getByText("live")).toBeDefined();
    testing.act(() => realtime.emit("private-audit-42", "audit.completed", { audit_id: "42" }));
    expect(heard).toEqual([{ audit_id: "42" }]);
    expectNoWarning();
  });

  it("call the newest callback, and read no more often for a new one", async () => {
    const calls: string[] = [];
    let rename: (name: string) => void = () => undefined;
    testing.render(
      inProvider(() => {
        const [name, setName] = react.useState("old");
        rename = setName;
        const audit = useRealtime().audit("42");
        useRefetch(audit, () => calls.push(`load ${name}`), {});
        useRealtimeEvent(audit, "audit.progress", () => calls.push(`event ${name}`));
        return null;
      }),
    );
    await settle();
    calls.length = 0;
    testing.act(() => rename("new"));
    await settle();
    expect(calls).toEqual([]);
    testing.act(() => realtime.emit("private-audit-42", "audit.progress", {}));
    expect(calls.sort()).toEqual(["event new", "load new"]);
    expectNoWarning();
  });

  it("call the newest functions of the options, and read no more often for new ones", async () => {
    const calls: string[] = [];
    let rename: (name: string | undefined) => void = () => undefined;
    testing.render(
      inProvider(() => {
        const [name, setName] = react.useState<string>();
        rename = setName;
        const when = () => calls.push(`when ${name}`) > 0;
        const waitFor = async () => calls.push(`waitFor ${name}`);
        useRefetch(useRealtime().audit("42"), () => calls.push(`load ${name}`), name ? { when, waitFor } : {});
        return null;
      }),
    );
    await settle();
    for (const name of ["old", "new"]) {
      calls.length = 0;
      testing.act(() => rename(name));
      await settle();
      expect(calls).toEqual([]);
      testing.act(() => realtime.emit("private-audit-42", "audit.progress", {}));
      await settle();
      expect(calls).toEqual([`when ${name}`, `waitFor ${name}`, `load ${name}`]);
      await testing.act(() => vi.advanceTimersByTimeAsync(1000));
    }
    expectNoWarning();
  });

  it("read another channel when its id changes, and nothing for an id of null", async () => {
    const loads: unknown[] = [];
    let choose: (id: string | null) => void = () => undefined;
    testing.render(
      inProvider(() => {
        const [id, setId] = react.useState<string | null>(null);
        choose = setId;
        useRefetch(useRealtime().audit(id), () => loads.push(id));
        return null;
      }),
    );
    await settle();
    expect(realtime.status).toBe("idle");
    for (const id of ["1", "2"]) {
      testing.act(() => choose(id));
      await settle();
    }
    expect(loads).toEqual(["1", "2"]);
    expectNoWarning();
  });

  it("list the members of a presence channel", async () => {
    testing.render(
      inProvider(() => {
        const members = usePresence(useRealtime().presence("audit", "42"));
        return createElement("p", {}, `${members.length} here`);
      }),
    );
    await settle();
    expect(testing.screen.getByText("1 here")).toBeDefined();
    testing.act(() => realtime.emit("presence-audit-42", "pusher:member_added", { id: "7" }));
    expect(testing.screen.getByText("2 here")).toBeDefined();
    expectNoWarning();
  });

  it("render on a server without a connection", () => {
    class Pusher {
      constructor() {
        throw new Error("a server must not connect");
      }
    }
    // The class is never used, so it has no methods.
    const client = createRealtime({ Pusher: Pusher as never, key: "key", cluster: "eu" });
    const html = server.renderToString(
      inProvider(() => {
        const audit = useRealtime().audit("42");
        useRefetch(audit, () => undefined);
        useRealtimeEvent(audit, "audit.progress", () => undefined);
        const members = usePresence(useRealtime().presence("audit", "42"));
        return createElement("p", {}, `${useRealtimeStatus()} ${members.length}`);
      }, client),
    );
    expect(html).toBe("<p>idle 0</p>");
    expect(client.status).toBe("idle");
    expectNoWarning();
  });

  it("name the missing provider", () => {
    expect(() => server.renderToString(createElement(() => createElement("p", {}, useRealtime().status)))).toThrow(
      "useRealtime needs a <RealtimeProvider realtime={…}> around it",
    );
  });
});
