/** How often and how late a message is sent again. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { maxAttempts: 5, firstDelayMs: 100, maxDelayMs: 5000 };

/**
 * The pause after an attempt, which starts at 1: exponential, with jitter. `random` is from 0 to 1. At least half of the pause is
 * fixed, so that a throttled queue gets a rest, and half is random, so that producers do not return together.
 */
export function retryDelayMs(attempt: number, policy: RetryPolicy, random: number): number {
  const full = Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.maxDelayMs);
  return full / 2 + (random * full) / 2;
}
