export interface TokenBucketOptions {
  /** How many may be taken at once. */
  readonly capacity: number;
  /** How long it takes for one to grow again. */
  readonly refillMs: number;
}

/** Lets a few through at once, and then one at a time. */
export function createTokenBucket({ capacity, refillMs }: TokenBucketOptions, now: () => number) {
  let tokens = capacity;
  let countedAtMs = now();
  return {
    /** False when there is none left. */
    take(): boolean {
      const nowMs = now();
      tokens = Math.min(capacity, tokens + Math.max(0, nowMs - countedAtMs) / refillMs);
      countedAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
