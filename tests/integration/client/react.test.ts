// @vitest-environment jsdom
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { apiOf, startServer } from "../../support/pusher-server.ts";
import { loadReactKit } from "../../support/react-kit.ts";
import { openPage, type RealtimePage, subscriptionsOf, until, untilLive } from "../../support/realtime-page.ts";

const SUBSCRIBE = "pusher:subscribe audit-42";

const kits = { 18: await loadReactKit(18), 19: await loadReactKit(19) };

interface AuditProps {
  readonly load: () => unknown;
  readonly onStarted: () => void;
}

/** jsdom's `AbortSignal` is not the one that Node's `fetch` takes, so the channels are public. */
const openPublicPage = async () => {
  const server = await startServer();
  return { server, page: openPage(server, { url: "" }, { channels: "public" }) };
};

describe.each([18, 19] as const)("components in StrictMode of React %i with pusher-js", (version) => {
  const { createElement, Fragment, StrictMode } = kits[version].react;
  const { RealtimeProvider, useRealtime, useRealtimeEvent, useRefetch } = kits[version].hooks;
  const { act, cleanup, render } = kits[version].testing;

  afterEach(() => cleanup());

  function Audit({ load, onStarted }: AuditProps): null {
    const audit = useRealtime().audit("42");
    useRefetch(audit, () => load(), { debounceMs: 50 });
    useRealtimeEvent(audit, "audit.started", () => onStarted());
    return null;
  }

  const inProvider = ({ realtime }: RealtimePage, children: ReactNode) =>
    createElement(StrictMode, {}, createElement(RealtimeProvider, { realtime }, children));

  it("share one subscription, and cost no other frame", async () => {
    const { server, page } = await openPublicPage();
    const [load, onStarted] = [vi.fn(), vi.fn()];
    const audit = (key: string) => createElement(Audit, { key, load, onStarted });
    const screen = render(inProvider(page, createElement(Fragment, {}, audit("a"), audit("b"))));
    await act(() => untilLive(page));
    screen.rerender(inProvider(page, createElement(Fragment, {}, audit("a"))));
    await apiOf(server).trigger("audit-42", "audit.started", {});
    await until(() => expect(onStarted).toHaveBeenCalledTimes(1));
    expect(subscriptionsOf(page)).toEqual([SUBSCRIBE]);
  });

  it("cost no frame and no read when their callbacks change", async () => {
    const { server, page } = await openPublicPage();
    const [load, onStarted] = [vi.fn(), vi.fn()];
    const screen = render(inProvider(page, createElement(Audit, { load, onStarted: vi.fn() })));
    await act(() => untilLive(page));
    const reads = load.mock.calls.length;
    for (let count = 0; count < 20; count++)
      screen.rerender(inProvider(page, createElement(Audit, { load: () => load(), onStarted: () => onStarted() })));
    expect(load).toHaveBeenCalledTimes(reads);
    await apiOf(server).trigger("audit-42", "audit.started", {});
    await until(() => expect(onStarted).toHaveBeenCalledTimes(1));
    expect(subscriptionsOf(page)).toEqual([SUBSCRIBE]);
  });

  it("unsubscribe after the last one is gone", async () => {
    const { page } = await openPublicPage();
    const screen = render(inProvider(page, createElement(Audit, { load: vi.fn(), onStarted: vi.fn() })));
    await act(() => untilLive(page));
    screen.unmount();
    await until(() => expect(subscriptionsOf(page)).toEqual([SUBSCRIBE, "pusher:unsubscribe audit-42"]));
  });
});
