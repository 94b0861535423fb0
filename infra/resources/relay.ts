import { RELAY_TIMEOUT_SECONDS } from "../settings/limits.ts";
import type { StageSettings } from "../settings/stage.ts";
import { createFunction, type GatewayFunction } from "./functions.ts";
import type { Queues } from "./queue.ts";

/** The function that the queue's messages go to. */
export function createRelay(
  { queue, deadLetterQueue }: Queues,
  settings: StageSettings,
  values: Readonly<Record<string, $util.Input<string>>>,
): GatewayFunction {
  const relay = createFunction("relay", {
    memoryMb: settings.relayMemoryMb,
    timeoutSeconds: RELAY_TIMEOUT_SECONDS,
    logDays: settings.logDays,
    values,
    permissions: [
      {
        // What an event source mapping asks for: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        resources: [queue.arn],
      },
      { actions: ["sqs:SendMessage"], resources: [deadLetterQueue.arn] },
    ],
  });
  // SST's `subscribe` names the mapping after the queue's ARN, and would grant more.
  new aws.lambda.EventSourceMapping("RelayEvents", {
    eventSourceArn: queue.arn,
    functionName: relay.arn,
    functionResponseTypes: ["ReportBatchItemFailures"],
    batchSize: settings.batchSize,
    ...(settings.batchWindowSeconds > 0 && { maximumBatchingWindowInSeconds: settings.batchWindowSeconds }),
    scalingConfig: { maximumConcurrency: settings.maxConcurrency },
  });
  return relay;
}
