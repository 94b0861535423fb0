/** The rules for the queue that invokes the relay. The deployment and the local stack create it by them. */

/**
 * SQS moves a message to the dead-letter queue after this many receives. AWS recommends five at least, because a throttled
 * invocation counts as a receive: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 * 1,000 is the maximum of SQS.
 */
export const MAX_RECEIVES = { min: 5, max: 1_000, fallback: 240 } as const;

/** The relay itself dead-letters a message at this receive if a bug fails it: no outage ends a bug. */
export const BUG_RECEIVES = 5;

const TIMEOUTS_PER_RECEIVE = 6;

/**
 * SQS hides a received message for this long, and Lambda can hold it for the batching window before it invokes the relay (same
 * page). With a shorter time, SQS returns messages that the relay still publishes.
 */
export const visibilityTimeoutSeconds = (relayTimeoutSeconds: number, batchWindowSeconds: number): number =>
  TIMEOUTS_PER_RECEIVE * relayTimeoutSeconds + batchWindowSeconds;
