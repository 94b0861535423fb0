import { onTestFinished, vi } from "vitest";
import { createRealtimeWith } from "../../packages/client/src/create-realtime.ts";
import type { RealtimeProblem } from "../../packages/client/src/index.ts";
import { FakePusher } from "../../packages/client/src/testing/fake-pusher.ts";

/** A socket that can die: nothing arrives any more, and there is no close event. */
class MortalPusher extends FakePusher {
  isDead = false;
  connections = 0;

  override connect(): void {
    this.isDead = false;
    this.connections++;
    super.connect();
  }

  /** As `pusher-js` does when an attempt takes longer than 10 s. */
  giveUp(): void {
    this.connection.state = "unavailable";
    for (const handler of this.handlers.get("unavailable") ?? []) handler(undefined as never);
  }

  override send_event(name: string): boolean {
    return this.isDead || super.send_event(name);
  }
}

/** The parts of a browser that the client watches. The test ends that with `vi.unstubAllGlobals`. */
export function stubBrowser() {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const window = new EventTarget();
  vi.stubGlobal("document", document);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  const become = (visibilityState: string): void => {
    document.visibilityState = visibilityState;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  return {
    hide: () => become("hidden"),
    show: () => become("visible"),
    online: () => window.dispatchEvent(new Event("online")),
  };
}

/** A page in a browser with a fake clock. There is no random delay unless the test gives a jitter. */
export function openBrowser(jitterMs = 0) {
  vi.useFakeTimers();
  const browser = stubBrowser();
  const pusher = new MortalPusher();
  const problems: RealtimeProblem[] = [];
  const realtime = createRealtimeWith({ pusher, onProblem: (problem) => problems.push(problem) }, jitterMs);
  onTestFinished(() => {
    realtime.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  return {
    ...browser,
    realtime,
    pusher,
    problems,
    /** The clock goes on, but no timer runs. */
    sleep: (ms: number) => vi.setSystemTime(Date.now() + ms),
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    emit: (event: string) => pusher.channels.get("private-audit-42")?.emit(event, { audit_id: "42" }),
  };
}
