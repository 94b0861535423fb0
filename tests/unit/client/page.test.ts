import { describe, expect, it, vi } from "vitest";
import { openBrowser } from "../../support/realtime-browser.ts";

const MINUTE = 60_000;

/** The parts of jsdom for this test. The package has no types. */
interface Jsdom {
  readonly JSDOM: new () => { readonly window: JsdomWindow };
}
interface JsdomWindow extends EventTarget {
  readonly document: EventTarget;
  readonly Event: typeof Event;
  close(): void;
}

/** A page that subscribed and read once. */
async function openAudit(jitterMs = 0) {
  const browser = openBrowser(jitterMs);
  const load = vi.fn();
  const stop = browser.realtime.audit("42").refetch(load);
  await browser.pass(0);
  expect(load).toHaveBeenCalledTimes(1);
  load.mockClear();
  return { ...browser, load, stop };
}

describe("a hidden page", () => {
  it("reads nothing for events, and once when it is visible again", async () => {
    const { hide, show, emit, pass, load } = await openAudit();
    hide();
    for (let count = 0; count < 100; count++) {
      emit("audit.progress");
      await pass(50);
    }
    expect(load).not.toHaveBeenCalled();
    show();
    await pass(MINUTE);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("reads nothing when it is visible again without events", async () => {
    const { hide, show, pass, load } = await openAudit();
    hide();
    await pass(MINUTE);
    show();
    await pass(MINUTE);
    expect(load).not.toHaveBeenCalled();
  });

  it("reads first, and retries", async () => {
    const { hide, realtime, pass, load } = await openAudit();
    hide();
    load.mockRejectedValueOnce(new Error("no answer"));
    realtime.audit("42").refetch(load);
    await pass(2000);
    expect(load).toHaveBeenCalledTimes(2);
  });
});

describe("a page that wakes up", () => {
  it("replaces a dead socket within 20 s, and reads again", async () => {
    const { sleep, pass, pusher, load, realtime } = await openAudit();
    pusher.isDead = true;
    const before = pusher.connections;
    sleep(10 * MINUTE);
    await pass(20_000);
    await pass(10);
    expect(pusher.connections).toBe(before + 1);
    expect(realtime.status).toBe("live");
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("keeps a socket that answers, and reads once", async () => {
    const { sleep, pass, pusher, load } = await openAudit();
    const before = pusher.connections;
    sleep(10 * MINUTE);
    await pass(MINUTE);
    expect(pusher.connections).toBe(before);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("does not take a hidden tab's slow timers for sleep", async () => {
    const { sleep, pass, load } = await openAudit();
    sleep(MINUTE);
    await pass(MINUTE);
    expect(load).not.toHaveBeenCalled();
  });
});

describe("a page that is online or visible again", () => {
  it("reads once within the jitter when it is online", async () => {
    const { online, pass, load } = await openAudit(2000);
    online();
    online();
    await pass(2000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it.each(["online", "show"] as const)("replaces a dead socket within 20 s: %s", async (sign) => {
    const browser = await openAudit();
    browser.pusher.isDead = true;
    const before = browser.pusher.connections;
    browser[sign]();
    await browser.pass(5000);
    browser[sign]();
    await browser.pass(15_000);
    expect(browser.pusher.connections).toBe(before + 1);
  });

  it("does nothing after it closed", async () => {
    const { realtime, online, show, emit, pass, pusher, load } = await openAudit();
    load.mockRejectedValue(new Error("no answer"));
    emit("audit.progress");
    await pass(0);
    realtime.close();
    load.mockClear();
    pusher.isDead = true;
    const before = pusher.connections;
    online();
    show();
    await pass(MINUTE);
    expect(vi.getTimerCount()).toBe(0);
    expect([pusher.connections, load.mock.calls.length]).toEqual([before, 0]);
  });
});

describe("the window of a jsdom, which takes no AbortSignal of Node", () => {
  it("causes a read when it is online, until the page closes", async () => {
    const { JSDOM } = await vi.importActual<Jsdom>("jsdom");
    const { window } = new JSDOM();
    const { realtime, pass } = openBrowser();
    vi.stubGlobal("document", window.document);
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
    vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
    const load = vi.fn();
    realtime.audit("42").refetch(load);
    await pass(0);
    window.dispatchEvent(new window.Event("online"));
    await pass(MINUTE);
    expect(load).toHaveBeenCalledTimes(2);
    const removed = vi.spyOn(window.document, "removeEventListener");
    realtime.close();
    expect(removed).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
    window.close();
  });
});

describe("a connection that pusher-js gave up", () => {
  it("is tried again within 5 s", async () => {
    const { pusher, pass } = await openAudit();
    const before = pusher.connections;
    pusher.giveUp();
    await pass(5000);
    expect(pusher.connections).toBe(before + 1);
  });

  it("is tried again at once when the page is visible", async () => {
    const { pusher, show } = await openAudit();
    const before = pusher.connections;
    pusher.giveUp();
    show();
    expect(pusher.connections).toBe(before + 1);
  });

  it("is not opened again after its owner closed it", async () => {
    const { pusher, pass, realtime } = await openAudit();
    const before = pusher.connections;
    pusher.giveUp();
    pusher.disconnect();
    await pass(MINUTE);
    expect(pusher.connections).toBe(before);
    expect(realtime.status).toBe("offline");
  });
});

describe("a status handler that throws", () => {
  it("stops neither the others nor the status", async () => {
    const { realtime, pusher, pass } = openBrowser();
    const statuses: string[] = [];
    realtime.onStatus((status) => {
      if (status === "offline") throw new Error("the handler's fault");
    });
    realtime.onStatus((status) => statuses.push(status));
    realtime.audit("42").onAny(() => undefined);
    await pass(0);
    pusher.disconnect();
    expect(statuses).toEqual(["connecting", "live", "offline"]);
    await expect(pass(0)).rejects.toThrow("the handler's fault");
  });
});

describe("refetch", () => {
  it("reads at the first event, then after the silence", async () => {
    const { emit, pass, load } = await openAudit();
    emit("audit.started");
    expect(load).toHaveBeenCalledTimes(1);
    emit("audit.progress");
    await pass(99);
    expect(load).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(load).toHaveBeenCalledTimes(2);
    await pass(MINUTE);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("reads at least every maxWaitMs while events follow each other", async () => {
    const { emit, pass, load } = await openAudit();
    for (let count = 0; count < 100; count++) {
      emit("audit.progress");
      await pass(50);
    }
    expect(load).toHaveBeenCalledTimes(5);
  });

  it("retries a failed read with backoff, reports it once, and events do not shorten the wait", async () => {
    const { emit, pass, load, problems } = await openAudit();
    vi.spyOn(Math, "random").mockReturnValue(1);
    load.mockRejectedValue(new Error("no answer"));
    emit("audit.progress");
    await pass(500);
    emit("audit.progress");
    await pass(499);
    expect(load).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(load).toHaveBeenCalledTimes(2);
    await pass(10 * MINUTE);
    const slowest = load.mock.calls.length;
    await pass(MINUTE);
    expect(load.mock.calls.length).toBe(slowest + 1);
    expect(problems).toMatchObject([{ code: "load_failed", channel: "private-audit-42", retryable: true }]);
    vi.mocked(Math.random).mockRestore();
  });

  it("reports the failures of two reads of a channel apart: one that works ends no problem of the other", async () => {
    const { emit, pass, problems, realtime } = await openAudit();
    realtime.audit("42").refetch(() => Promise.reject(new Error("no answer")));
    for (let count = 0; count < 5; count++) {
      emit("audit.progress");
      await pass(MINUTE);
    }
    expect(problems).toMatchObject([{ code: "load_failed", detail: "Error: no answer", retryable: true }]);
  });

  it("reports a failure again after a read that worked", async () => {
    const { emit, pass, load, problems } = await openAudit();
    for (let count = 1; count <= 2; count++) {
      load.mockRejectedValueOnce(new Error("no answer")).mockRejectedValueOnce(new Error("no answer"));
      emit("audit.progress");
      await pass(MINUTE);
      expect(problems).toHaveLength(count);
    }
  });

  it("reads at once for the first event, whatever the clock shows", async () => {
    const { emit, pass, load } = await openAudit();
    vi.setSystemTime(0);
    emit("audit.progress");
    expect(load).toHaveBeenCalledTimes(1);
    await pass(MINUTE);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it.each([[{ status: 403 }], [{ response: { status: 403 } }]])("ends with one problem after %j", async (error) => {
    const { emit, pass, load, problems, realtime, pusher } = await openAudit();
    load.mockRejectedValue(error);
    emit("audit.progress");
    await pass(MINUTE);
    emit("audit.progress");
    pusher.disconnect();
    pusher.connect();
    await pass(MINUTE);
    expect(load).toHaveBeenCalledTimes(1);
    expect(problems).toMatchObject([{ code: "load_failed", retryable: false }]);
    expect(realtime.status).toBe("live");
  });

  it("reads nothing while the connection is lost", async () => {
    const { online, pass, load, pusher, realtime } = await openAudit();
    pusher.disconnect();
    online();
    await pass(MINUTE);
    expect(load).not.toHaveBeenCalled();
    expect(realtime.status).toBe("offline");
  });

  it("catches up only with a read that began after the new subscription", async () => {
    const { emit, pass, load, pusher, realtime } = await openAudit();
    let end: () => void = () => undefined;
    load.mockImplementationOnce(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    emit("audit.progress");
    pusher.disconnect();
    pusher.connect();
    await pass(0);
    end();
    expect(realtime.status).toBe("catching_up");
    await pass(0);
    expect(load).toHaveBeenCalledTimes(2);
    expect(realtime.status).toBe("live");
  });

  it("reads after an event although a handler threw", async () => {
    const { emit, pass, load, realtime } = await openAudit();
    realtime.audit("42").onAny(() => {
      throw new Error("the handler's fault");
    });
    realtime.audit("42").refetch(load);
    await pass(0);
    load.mockClear();
    emit("audit.progress");
    expect(load).toHaveBeenCalledTimes(2);
    await expect(pass(0)).rejects.toThrow("the handler's fault");
  });
});
