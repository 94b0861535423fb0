import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProblems } from "../../../packages/client/src/problems.ts";
import { createRefetch, type Refetch } from "../../../packages/client/src/refetch.ts";

type Load = "succeeds" | "fails" | "is slow" | "is slow and fails";

const LOADS: readonly Load[] = ["succeeds", "fails", "is slow", "is slow and fails"];
const SLOW_MS = 3000;
const MINUTE = 60_000;
/** The default of `refetch`. */
const MAX_WAIT_MS = 1000;
/** A refetch ignores the data. */
const nothing = undefined as never;

/** One page with one refetch, and what happens to it. Events and subscriptions have the number of their moment. */
class World {
  connected = false;
  hidden = false;
  stopped = false;
  moment = 0;
  lastCause = 0;
  lastSuccess = -1;
  running = 0;
  overlapped = false;
  afterStop = 0;
  loads = 0;
  causes = 0;
  failures = 0;
  /** The time of each load. */
  readonly beganAtMs: number[] = [];
  next: Load = "succeeds";
  readonly refetch: Refetch;

  constructor() {
    const problems = createProblems(() => undefined);
    this.refetch = createRefetch(() => this.load(), { jitterMs: 2000 }, "private-audit-42", {
      ...problems,
      update: () => undefined,
    });
    const isHidden = () => this.hidden;
    vi.stubGlobal("document", {
      get visibilityState() {
        return isHidden() ? "hidden" : "visible";
      },
    });
  }

  async load(): Promise<void> {
    if (this.stopped) this.afterStop++;
    if (this.running > 0) this.overlapped = true;
    this.running++;
    this.loads++;
    this.beganAtMs.push(Date.now());
    const began = this.moment;
    const kind = this.next;
    if (kind.startsWith("is slow")) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    this.running--;
    if (kind.endsWith("fails")) this.failures++;
    if (kind.endsWith("fails")) throw new Error("no answer");
    this.lastSuccess = Math.max(this.lastSuccess, began);
  }

  emit(): void {
    if (!this.connected) return;
    this.cause();
    this.refetch.event(nothing, { event: "audit.progress", channel: "private-audit-42", receivedAt: 0 });
  }

  connect(): void {
    if (this.connected) return;
    this.connected = true;
    this.cause();
    this.refetch.subscribed();
  }

  wake(): void {
    this.causes++;
    this.refetch.awake();
  }

  hide(): void {
    this.hidden = true;
  }

  prepare(next: Load): void {
    this.next = next;
  }

  cause(): void {
    this.causes++;
    this.lastCause = ++this.moment;
  }
}

class Step implements fc.AsyncCommand<object, World> {
  readonly name: string;
  readonly run: (model: object, world: World) => Promise<void>;
  constructor(name: string, act: (world: World) => void, waitMs = 0) {
    this.name = name;
    this.run = async (_, world) => {
      act(world);
      await vi.advanceTimersByTimeAsync(waitMs);
    };
  }
  check = () => true;
  toString = () => this.name;
}

const steps = [
  fc
    .integer({ min: 0, max: 400 })
    .map((waitMs) => new Step(`event, then ${waitMs} ms`, (world) => world.emit(), waitMs)),
  fc.constant(new Step("connect", (world) => world.connect())),
  fc.constant(
    new Step("disconnect", (world) => {
      world.connected = false;
      world.refetch.lost();
    }),
  ),
  fc.constant(new Step("hide", (world) => world.hide())),
  fc.constant(
    new Step("show", (world) => {
      world.hidden = false;
      world.refetch.visible();
    }),
  ),
  fc.constant(new Step("wake", (world) => world.wake())),
  fc.constantFrom(...LOADS).map((next) => new Step(`load ${next}`, (world) => world.prepare(next))),
  fc.integer({ min: 0, max: 5000 }).map((ms) => new Step(`${ms} ms pass`, () => undefined, ms)),
];

/** Makes everything well again, and lets time pass until nothing more can happen. */
async function settle(world: World): Promise<void> {
  world.next = "succeeds";
  world.hidden = false;
  world.refetch.visible();
  world.connect();
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("refetch, whatever happens", () => {
  it("reads after the last event and the last subscription, and never twice at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 40 }), async (commands) => {
        vi.clearAllTimers();
        const world = new World();
        await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
        await settle(world);
        expect(world.overlapped).toBe(false);
        expect(world.running).toBe(0);
        expect(world.loads).toBeLessThanOrEqual(world.causes + world.failures);
        expect(world.lastSuccess).toBeGreaterThanOrEqual(world.lastCause);
        expect(world.refetch.isCaughtUp()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("reads nothing after it stops", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands(steps, { maxCommands: 20 }),
        fc.commands(steps, { maxCommands: 10 }),
        async (a, b) => {
          vi.clearAllTimers();
          const world = new World();
          await fc.asyncModelRun(() => ({ model: {}, real: world }), a);
          world.refetch.stop();
          world.stopped = true;
          await fc.asyncModelRun(() => ({ model: {}, real: world }), b);
          await settle(world);
          expect(world.afterStop).toBe(0);
          expect(vi.getTimerCount()).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("reads for a burst at most twice, and once more each maxWaitMs; the last read is after the last event", async () => {
    const gapsMs = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(gapsMs, fc.constantFrom<Load>("succeeds", "is slow"), async (gaps, load) => {
        vi.clearAllTimers();
        const world = new World();
        world.connect();
        await vi.advanceTimersByTimeAsync(MINUTE);
        const before = world.loads;
        world.next = load;
        for (const gap of gaps) {
          world.emit();
          await vi.advanceTimersByTimeAsync(gap);
        }
        await vi.advanceTimersByTimeAsync(MINUTE);
        const lastsMs = gaps.reduce((sum, gap) => sum + gap, 0);
        expect(world.loads - before).toBeLessThanOrEqual(2 + Math.floor(lastsMs / MAX_WAIT_MS));
        expect(world.lastSuccess).toBe(world.lastCause);
      }),
      { numRuns: 100 },
    );
  });

  it("retries after 1, 2, 4 … seconds up to a minute, at least half of that, and events change nothing", async () => {
    const eventsAtMs = fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), eventsAtMs, async (failures, gaps) => {
        vi.clearAllTimers();
        const world = new World();
        world.next = "fails";
        world.connect();
        const events = (async () => {
          for (const gap of gaps) {
            await new Promise((resolve) => setTimeout(resolve, gap));
            world.emit();
          }
        })();
        while (world.failures < failures) await vi.advanceTimersToNextTimerAsync();
        world.next = "succeeds";
        await vi.advanceTimersByTimeAsync(10 * MINUTE);
        await events;
        const waits = world.beganAtMs.slice(0, failures + 1).map((ms, at, all) => (all[at + 1] ?? 0) - ms);
        for (const [at, waitMs] of waits.slice(0, failures).entries()) {
          const longestMs = Math.min(MINUTE, 1000 * 2 ** at);
          expect(waitMs).toBeGreaterThanOrEqual(longestMs / 2 - 1);
          expect(waitMs).toBeLessThanOrEqual(longestMs + 1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
