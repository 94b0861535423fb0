/**
 * A clock that moves only when nothing else can run, and then to the end of the next sleep. Sleeps at the same time overlap, as
 * real ones do. An hour passes in a millisecond.
 */
export interface FakeClock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Lets time pass until the work is done. Rejects if the work depends on something that no sleep ends. */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

export function fakeClock(startMs = 0): FakeClock {
  let nowMs = startMs;
  const timers = new Set<Timer>();
  const next = (): Timer | undefined =>
    [...timers].reduce<Timer | undefined>(
      (first, timer) => (first && first.atMs <= timer.atMs ? first : timer),
      undefined,
    );
  const sleep = (ms: number): Promise<void> =>
    new Promise((ring) => timers.add({ atMs: nowMs + Math.max(0, ms), ring }));
  return {
    nowMs: () => nowMs,
    sleep,
    async run(work) {
      let done = false;
      const finish = (): void => {
        done = true;
      };
      work.then(finish, finish);
      for (;;) {
        await everythingElse();
        if (done) return work;
        const timer = next();
        if (timer === undefined) throw new Error("the work is not done, and no sleep is left to end");
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.ring();
      }
    },
  };
}

/** Resolves once every promise that can be settled is. */
const everythingElse = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
