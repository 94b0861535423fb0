import {
  DLQ_RETENTION_SECONDS,
  MAX_RECEIVES,
  QUEUE_RETENTION_SECONDS,
  VISIBILITY_TIMEOUT_SECONDS,
} from "../settings/limits.ts";

export interface Queues {
  readonly queue: sst.aws.Queue;
  readonly deadLetterQueue: sst.aws.Queue;
}

/** `domain-events`, and where go the messages that cannot be delivered. */
export function createQueues(fifo: boolean): Queues {
  const deadLetterQueue = new sst.aws.Queue("DomainEventsDlq", {
    fifo,
    transform: { queue: kept(DLQ_RETENTION_SECONDS) },
  });
  const queue = new sst.aws.Queue("DomainEvents", {
    fifo,
    visibilityTimeout: `${VISIBILITY_TIMEOUT_SECONDS} seconds`,
    dlq: { queue: deadLetterQueue.arn, retry: MAX_RECEIVES },
    transform: { queue: kept(QUEUE_RETENTION_SECONDS) },
  });
  new aws.sqs.RedriveAllowPolicy("DomainEventsDlqSources", {
    queueUrl: deadLetterQueue.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
  });
  return { queue, deadLetterQueue };
}

/** Messages are not to be lost with their queue: SST's own `retain` does not know queues. */
const kept =
  (retentionSeconds: number) =>
  (args: aws.sqs.QueueArgs, options: $util.CustomResourceOptions): undefined => {
    args.messageRetentionSeconds = retentionSeconds;
    args.sqsManagedSseEnabled = true;
    options.protect = $app.protect;
    options.retainOnDelete = $app.removal !== "remove";
  };
