import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProblems } from "../../../packages/client/src/problems.ts";
import { createRefetch, type Refetch } from "../../../packages/client/src/refetch.ts";

type Load = "succeeds" | "fails" | "is slow" | "is slow and fails";

const LOADS: readonly Load[] = ["succeeds", "fails", "is slow", "is slow and fails"];
const SLOW_MS = 3000;
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
  next: Load = "succeeds";
  readonly refetch: Refetch;

  constructor() {
    const problems = createProblems(() => undefined);
    this.refetch = createRefetch(() => this.load(), {}, "private-audit-42", { ...problems, update: () => undefined });
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
    const began = this.moment;
    const kind = this.next;
    if (kind.startsWith("is slow")) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    this.running--;
    if (kind.endsWith("fails")) this.failures++;
    if (kind.endsWith("fails")) throw new Error("no answer");
    this.lastSuccess = Math.max(this.lastSuccess, began);
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
  fc.integer({ min: 0, max: 400 }).map(
    (waitMs) =>
      new Step(
        `event, then ${waitMs} ms`,
        (world) => {
          if (!world.connected) return;
          world.cause();
          world.refetch.event(nothing, { event: "audit.progress", channel: "private-audit-42", receivedAt: 0 });
        },
        waitMs,
      ),
  ),
  fc.constant(
    new Step("connect", (world) => {
      if (world.connected) return;
      world.connected = true;
      world.cause();
      world.refetch.subscribed();
    }),
  ),
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
  if (!world.connected) {
    world.connected = true;
    world.cause();
    world.refetch.subscribed();
  }
  await vi.advanceTimersByTimeAsync(10 * 60_000);
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
});
