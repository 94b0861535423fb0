/**
 * A clock that moves only when nothing else can run, and then to the next thing that is waited for: waits at the same time overlap,
 * as real ones do, and an hour passes in a millisecond.
 */
export interface FakeClock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Once whatever can run before has run. */
  readonly nextTurn: () => Promise<void>;
  /** Lets time pass until the work is done; rejects where it waits for something that no time brings. */
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
    nextTurn: () => sleep(0),
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
        if (timer === undefined) throw new Error("waits for something that no time brings");
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.ring();
      }
    },
  };
}

/** Resolves once every promise that can be settled is. */
const everythingElse = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
