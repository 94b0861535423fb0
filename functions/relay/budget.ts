/** The part of Lambda's context that the relay needs. */
export interface InvocationContext {
  getRemainingTimeInMillis?(): number;
}

/** What an invocation may use of its time, in milliseconds since 1970. */
export interface Budget {
  readonly startMs: number;
  /** Deliveries end here. */
  readonly deadlineMs: number;
  /** Dead letters too. What is left is for the answer: an overrun would fail the whole batch. */
  readonly endMs: number;
}

const RESERVE_MS = 2_000;
/** Of a short invocation, no more than this share is kept back. */
const RESERVE_SHARE = 0.25;
/** A hand-made invocation has no context. */
const DEFAULT_REMAINING_MS = 30_000;

export function budgetOf(context: InvocationContext | undefined, startMs: number): Budget {
  const remainingMs = context?.getRemainingTimeInMillis?.() ?? DEFAULT_REMAINING_MS;
  const reserveMs = Math.min(RESERVE_MS, remainingMs * RESERVE_SHARE);
  // Whole milliseconds: `AbortSignal.timeout` throws at any other, and with it every dead letter.
  const after = (ms: number): number => startMs + Math.floor(ms);
  return { startMs, deadlineMs: after(remainingMs - reserveMs), endMs: after(remainingMs - reserveMs / 4) };
}
