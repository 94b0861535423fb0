/** Settings with which the stack gets over a fault within seconds, and which keep a fault from overlapping with what follows. */

/** For one call to Pusher. Shorter than the default, because many calls get no answer. */
export const RELAY_PUSHER_TIMEOUT_MS = 600;
/** For an invocation. */
export const RELAY_TIMEOUT_MS = 3_000;
/**
 * A message may be in its batch window for two seconds, and in an invocation for three. Only then may another invocation get it:
 * two invocations with the same message are Lambda's own fault, and no fault of the relay.
 */
export const VISIBILITY_TIMEOUT_SECONDS = 6;
/** The soak looks at the relay's own dead letters. Frequent faults must not move sound messages to the same queue. */
export const MAX_RECEIVE_COUNT = 1_000;

export const STANDARD_POLLER = { batchSize: 100, batchWindowSeconds: 2, maximumConcurrency: 6 } as const;
export const FIFO_POLLER = { batchSize: 10, maximumConcurrency: 6 } as const;

/** With more messages in the queue, the producers pause. */
export const MAX_BACKLOG = 10_000;
