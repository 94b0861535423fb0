import type { FunctionSpec } from "../../functions/manifest.ts";
import type { QueueResources } from "./queue.ts";

export interface PolicyStatement {
  readonly actions: readonly string[];
  readonly resources: readonly $util.Input<string>[];
  /** `allow` by default. */
  readonly effect?: "allow" | "deny";
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly $util.Input<string>[];
  }[];
}

export interface PermittedQueues extends QueueResources {
  /** The queue of `REALTIME_WEBHOOK_QUEUE_URL`, if there is one. */
  readonly webhookQueueArn: string | undefined;
}

/** A function may receive from the queue that invokes it, and send to each queue whose URL it reads. */
export function permissionsOf(
  { trigger, settings }: FunctionSpec,
  { queue, deadLetterQueue, webhookQueueArn, keyArn }: PermittedQueues,
): readonly PolicyStatement[] {
  const reads = (variable: string): boolean => Object.hasOwn(settings.variables, variable);
  const usesQueues = trigger === "queue" || reads("REALTIME_DLQ_URL");
  return [
    ...(trigger === "queue" ? [receivesFrom(queue.arn)] : []),
    ...(reads("REALTIME_DLQ_URL") ? [sendsTo(deadLetterQueue.arn)] : []),
    ...(reads("REALTIME_WEBHOOK_QUEUE_URL") && webhookQueueArn !== undefined ? [sendsTo(webhookQueueArn)] : []),
    ...(usesQueues && keyArn !== undefined ? [usesKey(keyArn)] : []),
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

/** SQS encrypts what a sender sends, and decrypts what a receiver gets, in their names. */
export const KEY_ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey"];

const usesKey = (keyArn: string): PolicyStatement => ({ actions: KEY_ACTIONS, resources: [keyArn] });

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const NETWORK_INTERFACES = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** Lambda itself needs these in a VPC, on all resources. The function's own code must not use them. */
export function joinsVpc(functionName: string): readonly PolicyStatement[] {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  const functionArn = $interpolate`arn:${partition}:lambda:${region}:${accountId}:function:${functionName}`;
  const statement = { actions: NETWORK_INTERFACES, resources: ["*"] };
  const ofItself = { test: "ArnEquals", variable: "lambda:SourceFunctionArn", values: [functionArn] };
  return [statement, { ...statement, effect: "deny", conditions: [ofItself] }];
}

/** X-Ray has no resources with names: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export const writesTraces: PolicyStatement = {
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
};

/** The statement as SST's types require it. */
export const mutable = ({ actions, resources, conditions, effect = "allow" }: PolicyStatement) => ({
  effect,
  actions: [...actions],
  resources: [...resources],
  ...(conditions && { conditions: conditions.map((condition) => ({ ...condition, values: [...condition.values] })) }),
});
