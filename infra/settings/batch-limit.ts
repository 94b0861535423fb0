/** A call takes this long, if Pusher's cluster is on the other side of the world. */
const CALL_MS = 100;
/** Pusher's limit: `packages/routing` plans calls of this size. */
const ENTRIES_PER_CALL = 10;
/** An audit's event goes to the audit's channel and to the fiche's. */
const ENTRIES_PER_MESSAGE = 2;
/** The rest of the timeout remains for retries. */
const SHARE_OF_TIMEOUT = 2 / 3;

/** The largest batch that the relay carries if all of its messages belong to one audit: then one call follows the other. */
export const largestBatch = (relayTimeoutSeconds: number): number =>
  Math.floor(((relayTimeoutSeconds * 1000 * SHARE_OF_TIMEOUT) / CALL_MS) * (ENTRIES_PER_CALL / ENTRIES_PER_MESSAGE));

export function batchFaults(batchSize: number, relayTimeoutSeconds: number): readonly string[] {
  const largest = largestBatch(relayTimeoutSeconds);
  return batchSize > largest
    ? [
        `GATEWAY_BATCH_SIZE=${batchSize} is more than the relay carries in its ${relayTimeoutSeconds} s if all events of a batch are for one audit. Lower GATEWAY_BATCH_SIZE to ${largest} or less`,
      ]
    : [];
}
