/** How the parts of the storm are set, so that faults are dealt with in seconds, and never overlap with what follows them. */

/** For one call to Pusher: shorter than by default, as many calls are left without an answer. */
export const RELAY_PUSHER_TIMEOUT_MS = 500;
/** Of an invocation. */
export const RELAY_TIMEOUT_MS = 4_000;
/**
 * A record may wait for its batch to fill up, and be worked on for an invocation's time. Only then may it be handed out again: two
 * invocations that hold the same message are Lambda's own fault, and not to be blamed on the relay.
 */
export const VISIBILITY_TIMEOUT_SECONDS = 7;
/** The relay's own way there is what is looked at; a fault that strikes often must not send healthy messages after the others. */
export const MAX_RECEIVE_COUNT = 1_000;

export const STANDARD_POLLER = { batchSize: 100, batchWindowSeconds: 2, maximumConcurrency: 6 } as const;
export const FIFO_POLLER = { batchSize: 10, maximumConcurrency: 6 } as const;

/** Messages in the queue at most: producers wait. */
export const MAX_BACKLOG = 10_000;
