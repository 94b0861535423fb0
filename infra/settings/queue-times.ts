import { FUNCTIONS } from "../../functions/manifest.ts";
import { BUG_RECEIVES, visibilityTimeoutSeconds } from "../../functions/queue-rules.ts";
import { durationText } from "./duration-text.ts";
import { MAX_VISIBILITY_TIMEOUT_SECONDS, QUEUE_RETENTION_SECONDS } from "./limits.ts";
import type { StageSettings } from "./stage.ts";

/** How long the stage's queue hides, retries and keeps a message. */
export interface QueueTimes {
  readonly maxReceives: number;
  readonly batchWindowSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  /** A message that fails at each receive is in the queue for this long. Then SQS dead-letters it. */
  readonly retrySeconds: number;
  /** The same for a bug: the relay dead-letters the message at its last receive. */
  readonly bugRetrySeconds: number;
  /** The longest time between two failures of a message: the second one fails at the relay's timeout. */
  readonly failureIntervalSeconds: number;
}

export function queueTimes(
  { maxReceives, batchWindowSeconds }: Pick<StageSettings, "maxReceives" | "batchWindowSeconds">,
  relayTimeoutSeconds: number = FUNCTIONS.relay.timeoutSeconds,
): QueueTimes {
  const hiddenSeconds = visibilityTimeoutSeconds(relayTimeoutSeconds, batchWindowSeconds);
  return {
    maxReceives,
    batchWindowSeconds,
    visibilityTimeoutSeconds: hiddenSeconds,
    retrySeconds: maxReceives * hiddenSeconds,
    bugRetrySeconds: (BUG_RECEIVES - 1) * hiddenSeconds,
    failureIntervalSeconds: hiddenSeconds + relayTimeoutSeconds,
  };
}

/** SQS deletes a message at the end of its retention, without a dead letter. So every retry must come before it. */
export function queueFaults({ maxReceives, visibilityTimeoutSeconds: hidden, retrySeconds }: QueueTimes): string[] {
  const visibility = `the queue's visibility timeout (6 × the relay's timeout + GATEWAY_BATCH_WINDOW_SECONDS) is ${hidden} s`;
  return [
    ...(hidden > MAX_VISIBILITY_TIMEOUT_SECONDS
      ? [`${visibility}. SQS allows ${MAX_VISIBILITY_TIMEOUT_SECONDS} s. Lower the relay's timeout or the window`]
      : []),
    ...(retrySeconds > QUEUE_RETENTION_SECONDS
      ? [
          `GATEWAY_MAX_RECEIVES=${maxReceives} retries a message for ${durationText(retrySeconds)}, because ${visibility}. The queue deletes messages after ${durationText(QUEUE_RETENTION_SECONDS)}. Lower GATEWAY_MAX_RECEIVES`,
        ]
      : []),
  ];
}
