import type { FunctionSpec } from "../../functions/manifest.ts";
import type { QueueResources } from "./queue.ts";

export interface PolicyStatement {
  readonly actions: readonly string[];
  readonly resources: readonly $util.Input<string>[];
}

export interface PermittedQueues extends QueueResources {
  /** The queue of `REALTIME_WEBHOOK_QUEUE_URL`, if there is one. */
  readonly webhookQueueArn: string | undefined;
}

/** A function may receive from the queue that invokes it, and send to each queue whose URL it reads. */
export function permissionsOf(
  { trigger, settings }: FunctionSpec,
  { queue, deadLetterQueue, webhookQueueArn }: PermittedQueues,
): readonly PolicyStatement[] {
  const reads = (variable: string): boolean => Object.hasOwn(settings.variables, variable);
  return [
    ...(trigger === "queue" ? [receivesFrom(queue.arn)] : []),
    ...(reads("REALTIME_DLQ_URL") ? [sendsTo(deadLetterQueue.arn)] : []),
    ...(reads("REALTIME_WEBHOOK_QUEUE_URL") && webhookQueueArn !== undefined ? [sendsTo(webhookQueueArn)] : []),
  ];
}

/** An event source mapping requires these: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const receivesFrom = (queueArn: $util.Input<string>): PolicyStatement => ({
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  resources: [queueArn],
});

const sendsTo = (queueArn: $util.Input<string>): PolicyStatement => ({
  actions: ["sqs:SendMessage"],
  resources: [queueArn],
});
