import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FreezingProxy, startFreezingProxy } from "../../support/freezing-proxy.ts";
import { apiOf, startServer } from "../../support/pusher-server.ts";
import { stubBrowser } from "../../support/realtime-browser.ts";
import { openPage } from "../../support/realtime-page.ts";

const MINUTE = 60_000;
const STEP_MS = 250;
/** Turns of Node's event loop that let data pass between page, proxy and server. */
const TURNS = 20;

type Browser = ReturnType<typeof stubBrowser>;
let browser: Browser;

/** The page's clock is fake. Its network is real. */
beforeEach(() => {
  browser = stubBrowser();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lets the page's clock go on until the check is true, at most for this time. Returns the time. */
async function passUntil(check: () => boolean, limitMs: number): Promise<number> {
  for (let passedMs = 0; ; passedMs += STEP_MS) {
    for (let count = 0; count < TURNS; count++) await turn();
    if (check() || passedMs >= limitMs) return passedMs;
    await vi.advanceTimersByTimeAsync(STEP_MS);
  }
}

/** A page that is subscribed to a public channel and has read once. */
async function openLivePage() {
  const server = await startServer();
  const proxy = await startFreezingProxy(server);
  const page = openPage(proxy, { url: "" }, { channels: "public" });
  const load = vi.fn();
  let events = 0;
  page.realtime.audit("42").refetch(load);
  page.realtime.audit("42").onAny(() => events++);
  await passUntil(() => page.realtime.status === "live", MINUTE);
  expect(load).toHaveBeenCalledTimes(1);
  load.mockClear();
  const send = async (count: number): Promise<void> => {
    const before = events;
    const batch = Array.from({ length: count }, () => ({ channel: "audit-42", name: "audit.progress", data: {} }));
    const sent = apiOf(server).triggerBatch(batch);
    await passUntil(() => events === before + count, MINUTE);
    await sent;
  };
  return { page, proxy, load, send };
}

const isReplaced = (proxy: FreezingProxy) => () => proxy.connections() === 2;

describe("a page of pusher-js with a dead socket", () => {
  it("replaces it within 36 s", async () => {
    const { page, proxy, load } = await openLivePage();
    proxy.freeze();
    // The test looks once a step.
    expect(await passUntil(isReplaced(proxy), 2 * MINUTE)).toBeLessThanOrEqual(36_000 + STEP_MS);
    await passUntil(() => page.realtime.status === "live", 2 * MINUTE);
    expect(page.realtime.status).toBe("live");
    expect(load).toHaveBeenCalledTimes(1);
    expect(page.problems).toEqual([]);
  });

  it.each<[string, (browser: Browser) => void]>([
    ["it is online", ({ online }) => online()],
    ["it is visible", ({ show }) => show()],
    ["the laptop wakes up", () => vi.setSystemTime(Date.now() + 10 * MINUTE)],
  ])("replaces it within 20 s after %s", async (_, sign) => {
    const { page, proxy } = await openLivePage();
    proxy.freeze();
    sign(browser);
    expect(await passUntil(isReplaced(proxy), 2 * MINUTE)).toBeLessThanOrEqual(20_000);
    await passUntil(() => page.realtime.status === "live", 2 * MINUTE);
    expect(page.realtime.status).toBe("live");
  });
});

describe("a hidden page of pusher-js", () => {
  it("reads nothing for events, and once when it is visible again", async () => {
    const { load, send } = await openLivePage();
    browser.hide();
    for (let count = 0; count < 5; count++) await send(10);
    await passUntil(() => false, 5000);
    expect(load).not.toHaveBeenCalled();
    browser.show();
    await passUntil(() => false, 5000);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
