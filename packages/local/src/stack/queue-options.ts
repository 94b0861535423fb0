import { FUNCTIONS } from "@realtime-gateway/functions/manifest";
import { MAX_RECEIVES } from "@realtime-gateway/functions/queue-rules";
import type { PollerOptions } from "../event-source/settings.ts";
import type { QueueOptions } from "../sqs/queue.ts";

/** The options of a stack that decide about its queue. */
export interface LocalQueueSettings {
  readonly sqsPort: number;
  /** Default: the relay's timeout plus the batching window. */
  readonly visibilityTimeoutSeconds?: number;
  /** `maxReceiveCount` is by default that of a deployed stage. */
  readonly queue?: Pick<QueueOptions, "fifo" | "maxReceiveCount">;
  readonly poller?: PollerOptions;
}

/**
 * A deployed stage hides a message for six timeouts and the batching window. One timeout is the least that AWS allows, and a
 * developer need not wait longer for a retry. With less, SQS returns messages that the relay still publishes.
 */
export const localQueueOptions = ({ sqsPort, queue, poller, ...options }: LocalQueueSettings): QueueOptions => ({
  maxReceiveCount: MAX_RECEIVES.fallback,
  ...queue,
  port: sqsPort,
  visibilityTimeoutSeconds:
    options.visibilityTimeoutSeconds ?? FUNCTIONS.relay.timeoutSeconds + (poller?.batchWindowSeconds ?? 0),
});
