export interface TokenBucketOptions {
  /** A full bucket allows this many takes at once. */
  readonly capacity: number;
  /** The time until one more token is there. */
  readonly refillMs: number;
}

/** Allows a burst, then one take per refill time. */
export function createTokenBucket({ capacity, refillMs }: TokenBucketOptions, now: () => number) {
  let tokens = capacity;
  let countedAtMs = now();
  return {
    /** Returns false if the bucket is empty. */
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
