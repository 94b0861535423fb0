import { KEY_ACTIONS } from "./permissions.ts";
import type { QueueResources } from "./queue.ts";

/** The deployer attaches this policy to the roles of producers. */
export function createProducersPolicy({ queue, keyArn }: QueueResources): aws.iam.Policy {
  return new aws.iam.Policy("Producers", {
    // IAM and dashboards have no regions, so these names carry the stage's.
    name: $interpolate`${$app.name}-${$app.stage}-${aws.getRegionOutput().region}-producers`,
    description: "May send domain events to the realtime gateway's queue, and do nothing else",
    policy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue.arn },
        ...(keyArn === undefined ? [] : [{ Effect: "Allow", Action: KEY_ACTIONS, Resource: keyArn }]),
      ],
    }),
  });
}
