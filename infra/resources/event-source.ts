import type { StageSettings } from "../settings/stage.ts";
import type { GatewayFunction } from "./functions.ts";

/** Lets Lambda invoke the function with batches of the queue's messages. */
export function createEventSource(
  { arn, logicalName }: GatewayFunction,
  queueArn: $util.Input<string>,
  { batchSize, batchWindowSeconds, maxConcurrency, pollers }: StageSettings,
): void {
  // SST's `subscribe` names the mapping after the queue's ARN, and grants more than the function needs.
  new aws.lambda.EventSourceMapping(`${logicalName}Events`, {
    eventSourceArn: queueArn,
    functionName: arn,
    functionResponseTypes: ["ReportBatchItemFailures"],
    batchSize,
    ...(batchWindowSeconds > 0 && { maximumBatchingWindowInSeconds: batchWindowSeconds }),
    // AWS accepts one of them.
    ...(pollers
      ? { provisionedPollerConfig: { minimumPollers: pollers.min, maximumPollers: pollers.max } }
      : { scalingConfig: { maximumConcurrency: maxConcurrency } }),
  });
}
