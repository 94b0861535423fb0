import { BUG_RECEIVES } from "../../functions/queue-rules.ts";
import { durationText } from "./duration-text.ts";
import { DLQ_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from "./limits.ts";
import type { QueueTimes } from "./queue-times.ts";

const REDRIVE = "Then redrive it with `npm run dlq -- redrive --code=-`";

/** How long the gateway retries a message that fails at each receive, and what to do after that. */
export const retriesText = ({ maxReceives, retrySeconds }: QueueTimes): string =>
  `SQS moves a message to the dead-letter queue after ${maxReceives} receives, which takes about ${durationText(retrySeconds)}. ${REDRIVE}`;

export const bugRetriesText = ({ bugRetrySeconds }: QueueTimes): string =>
  `The relay moves the message to the dead-letter queue at receive ${BUG_RECEIVES}, after about ${durationText(bugRetrySeconds)}. Redrive it when the bug is corrected`;

/** On a standard queue, a dead letter that SQS moved keeps the age of its message. */
export const deletionText = ({ retrySeconds }: QueueTimes): string =>
  `SQS deletes a dead letter after ${durationText(DLQ_RETENTION_SECONDS - retrySeconds)} at the earliest`;

export const queueDeletionText = `SQS deletes a message that nothing receives after ${durationText(QUEUE_RETENTION_SECONDS)}`;
