import { MAX_POLICY_BYTES, MAX_POLICY_PRINCIPALS } from "./limits.ts";

/** Producers that may send to the queue, besides roles with the producers' policy. */
export interface Producers {
  /** ARNs of SNS topics. */
  readonly topics: readonly string[];
  /** ARNs of EventBridge rules. */
  readonly rules: readonly string[];
  /** Ids of other AWS accounts. */
  readonly accounts: readonly string[];
}

interface QueuePolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string } | { readonly AWS: readonly string[] };
  readonly Action: "sqs:SendMessage";
  readonly Resource: string;
  readonly Condition?: { readonly ArnEquals: { readonly "aws:SourceArn": readonly string[] } };
}

/** The queue's policy. Without producers there is no statement, and the queue needs no policy. */
export function queuePolicyStatements(
  { topics, rules, accounts }: Producers,
  queueArn: string,
): readonly QueuePolicyStatement[] {
  const allow = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn } as const;
  // Any customer of AWS can make a service send. So the policy names the exact topics and rules.
  const fromService = (Sid: string, service: string, arns: readonly string[]): readonly QueuePolicyStatement[] =>
    arns.length === 0
      ? []
      : [
          {
            Sid,
            ...allow,
            Principal: { Service: service },
            Condition: { ArnEquals: { "aws:SourceArn": unique(arns) } },
          },
        ];
  const [, partition = "aws"] = queueArn.split(":");
  const principals = unique(accounts).map((id) => `arn:${partition}:iam::${id}:root`);
  return [
    ...fromService("Topics", "sns.amazonaws.com", topics),
    ...fromService("Rules", "events.amazonaws.com", rules),
    ...(principals.length === 0 ? [] : [{ Sid: "Accounts", ...allow, Principal: { AWS: principals } }]),
  ];
}

export const queuePolicy = (producers: Producers, queueArn: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: queuePolicyStatements(producers, queueArn) });

/** The longest ARN that a queue can have. Only AWS gives the queue its own. */
const LONGEST_ARN = `arn:aws-us-gov:sqs:ap-northeast-99:123456789012:${"q".repeat(80)}`;

/** SQS would reject the policy when it has created the queue already. */
export function policyFaults(producers: Producers): readonly string[] {
  const { topics, rules, accounts } = producers;
  const principals = new Set(accounts).size + Math.min(topics.length, 1) + Math.min(rules.length, 1);
  const bytes = Buffer.byteLength(queuePolicy(producers, LONGEST_ARN));
  return [
    ...(principals > MAX_POLICY_PRINCIPALS
      ? [
          `GATEWAY_PRODUCER_ACCOUNTS makes a queue policy of ${principals} principals. SQS allows ${MAX_POLICY_PRINCIPALS}. Let the producers assume a role of the stage's account that has the producers' policy`,
        ]
      : []),
    ...(bytes > MAX_POLICY_BYTES
      ? [
          `GATEWAY_PRODUCER_TOPICS, GATEWAY_PRODUCER_RULES and GATEWAY_PRODUCER_ACCOUNTS make a queue policy of up to ${bytes} bytes. SQS allows ${MAX_POLICY_BYTES}. Let several producers share a topic`,
        ]
      : []),
  ];
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
