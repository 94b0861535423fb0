import { DLQ_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from "../settings/limits.ts";
import type { QueueTimes } from "../settings/queue-times.ts";

export interface QueueResources {
  readonly queue: sst.aws.Queue;
  readonly deadLetterQueue: sst.aws.Queue;
}

/** Creates `domain-events` and its dead-letter queue. */
export function createQueues(fifo: boolean, { visibilityTimeoutSeconds, maxReceives }: QueueTimes): QueueResources {
  const deadLetterQueue = new sst.aws.Queue("DomainEventsDlq", {
    fifo,
    transform: { queue: retain(DLQ_RETENTION_SECONDS) },
  });
  const queue = new sst.aws.Queue("DomainEvents", {
    fifo,
    visibilityTimeout: `${visibilityTimeoutSeconds} seconds`,
    dlq: { queue: deadLetterQueue.arn, retry: maxReceives },
    transform: { queue: retain(QUEUE_RETENTION_SECONDS) },
  });
  new aws.sqs.RedriveAllowPolicy("DomainEventsDlqSources", {
    queueUrl: deadLetterQueue.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
  });
  return { queue, deadLetterQueue };
}

/** SST's own `retain` ignores queues, so a removed stage would lose its messages. */
const retain =
  (retentionSeconds: number) =>
  (args: aws.sqs.QueueArgs, options: $util.CustomResourceOptions): undefined => {
    args.messageRetentionSeconds = retentionSeconds;
    args.sqsManagedSseEnabled = true;
    options.protect = $app.protect;
    options.retainOnDelete = $app.removal !== "remove";
  };
