import { DLQ_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from "../settings/limits.ts";
import { queuePolicy } from "../settings/queue-policy.ts";
import type { QueueTimes } from "../settings/queue-times.ts";
import type { StageSettings } from "../settings/stage.ts";

export interface QueueResources {
  readonly queue: sst.aws.Queue;
  readonly deadLetterQueue: sst.aws.Queue;
  /** The KMS key of both queues, if the stage names one. */
  readonly keyArn: string | undefined;
}

/** Creates `domain-events` and its dead-letter queue. */
export function createQueues(
  { fifo, producers, contentDeduplication, queueKeyArn: keyArn }: StageSettings,
  { visibilityTimeoutSeconds, maxReceives }: QueueTimes,
): QueueResources {
  const deadLetterQueue = new sst.aws.Queue("DomainEventsDlq", {
    fifo,
    transform: { queue: retain(DLQ_RETENTION_SECONDS, keyArn) },
  });
  const queue = new sst.aws.Queue("DomainEvents", {
    fifo: fifo && { contentBasedDeduplication: contentDeduplication },
    visibilityTimeout: `${visibilityTimeoutSeconds} seconds`,
    dlq: { queue: deadLetterQueue.arn, retry: maxReceives },
    transform: { queue: retain(QUEUE_RETENTION_SECONDS, keyArn) },
  });
  new aws.sqs.RedriveAllowPolicy("DomainEventsDlqSources", {
    queueUrl: deadLetterQueue.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
  });
  // SST's own policies allow every topic and every rule.
  if (Object.values(producers).some((allowed) => allowed.length > 0))
    new aws.sqs.QueuePolicy("DomainEventsProducers", {
      queueUrl: queue.url,
      policy: queue.arn.apply((arn) => queuePolicy(producers, arn)),
    });
  return { queue, deadLetterQueue, keyArn };
}

/** SST's own `retain` ignores queues, so a removed stage would lose its messages. */
const retain =
  (retentionSeconds: number, keyArn: string | undefined) =>
  (args: aws.sqs.QueueArgs, options: $util.CustomResourceOptions): undefined => {
    args.messageRetentionSeconds = retentionSeconds;
    if (keyArn === undefined) args.sqsManagedSseEnabled = true;
    else args.kmsMasterKeyId = keyArn;
    options.protect = $app.protect;
    options.retainOnDelete = $app.removal !== "remove";
  };
