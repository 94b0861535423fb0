/** The part of Lambda's context that the relay needs. */
export interface InvocationContext {
  getRemainingTimeInMillis?(): number;
}

/** The time that an invocation may use, in milliseconds since 1970. */
export interface Budget {
  readonly startMs: number;
  /** Publishing ends here. */
  readonly deadlineMs: number;
  /** Dead-lettering ends here. The rest is for the answer: an overrun would fail the whole batch. */
  readonly endMs: number;
}

const RESERVE_MS = 2_000;
/** A short invocation reserves at most this share of its time. */
const RESERVE_SHARE = 0.25;
/** A test invocation without Lambda has no context. */
const DEFAULT_REMAINING_MS = 30_000;

export function budgetOf(context: InvocationContext | undefined, startMs: number): Budget {
  const remainingMs = context?.getRemainingTimeInMillis?.() ?? DEFAULT_REMAINING_MS;
  const reserveMs = Math.min(RESERVE_MS, remainingMs * RESERVE_SHARE);
  // `AbortSignal.timeout` throws for fractions of a millisecond, and then every dead letter would fail.
  const after = (ms: number): number => startMs + Math.floor(ms);
  return { startMs, deadlineMs: after(remainingMs - reserveMs), endMs: after(remainingMs - reserveMs / 4) };
}
