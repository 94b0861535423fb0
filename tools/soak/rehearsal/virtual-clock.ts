/** A clock that moves only when nothing else can run, to the end of the next sleep. An hour passes in a millisecond. */
export interface VirtualClock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Lets time pass until the work is done. Sleeps that it leaves behind never end. */
  run(work: Promise<void>): Promise<void>;
}

interface Timer {
  readonly atMs: number;
  readonly end: () => void;
}

export function createVirtualClock(startMs: number): VirtualClock {
  let nowMs = startMs;
  let timers: Timer[] = [];
  return {
    nowMs: () => nowMs,
    sleep: (ms) => new Promise((end) => timers.push({ atMs: nowMs + Math.max(0, ms), end })),
    async run(work) {
      let done = false;
      const finish = (): void => {
        done = true;
      };
      work.then(finish, finish);
      for (;;) {
        await everythingElse();
        if (done) break;
        const next = timers.reduce<Timer | undefined>(
          (first, timer) => (first && first.atMs <= timer.atMs ? first : timer),
          undefined,
        );
        if (next === undefined) throw new Error("the work is not done, and no sleep is left to end");
        timers = timers.filter((timer) => timer !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.end();
      }
      timers = [];
    },
  };
}

/** Resolves once every promise that can settle has settled. */
const everythingElse = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
