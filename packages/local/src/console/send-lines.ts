import type { EverySetting } from "@realtime-gateway/settings";
import type { Stack } from "../stack/stack.ts";

/** A task and the lines that do it, to copy into a shell. With the usual ports, no line is longer than 78 characters. */
export interface Recipe {
  readonly task: string;
  readonly lines: readonly string[];
}

type Where = Pick<Stack, "queue" | "apiUrl">;

/** It matches its schema, so that the relay has no warning about it. */
const EVENT = '{"type":"notification","data":{"type":"info","message":"Hi"}}';
const GROUP = "notifications";

/** How to send an event of one's own, and how to publish a test event. */
export function recipes(
  stack: Where,
  { auth, testToken }: Pick<EverySetting, "auth" | "testToken">,
): readonly Recipe[] {
  return [
    { task: "Send an event with curl", lines: curlLines(stack) },
    { task: "Send one with the AWS CLI", lines: awsLines(stack) },
    { task: "Send one with Node and @aws-sdk/client-sqs", lines: nodeLines(stack) },
    { task: "Publish a test event, without the queue", lines: testEventLines(stack, testToken !== undefined) },
    ...(auth.mode === "jwt"
      ? [{ task: "Make a token for a user, with the same environment", lines: TOKEN_LINES }]
      : []),
  ];
}

const isFifo = ({ queue }: Where): boolean => queue.queueUrl.endsWith(".fifo");

/** A stack that takes events as plain JSON has an address for them. */
export const eventsUrlOf = (stack: object): string | undefined =>
  "eventsUrl" in stack && typeof stack.eventsUrl === "string" ? stack.eventsUrl : undefined;

function curlLines(stack: Where): readonly string[] {
  const eventsUrl = eventsUrlOf(stack);
  return eventsUrl === undefined ? sqsLines(stack) : [`curl ${eventsUrl} \\`, `-d '${EVENT}'`];
}

const sqsLines = (stack: Where): readonly string[] => [
  `curl ${stack.queue.endpoint} -H 'x-amz-target: AmazonSQS.SendMessage' \\`,
  "  -H 'content-type: application/x-amz-json-1.0' \\",
  `  -d '{"QueueUrl": "${stack.queue.queueUrl}",`,
  ...(isFifo(stack) ? [`"MessageGroupId": "${GROUP}",`] : []),
  '"MessageBody":',
  JSON.stringify(EVENT),
  "}'",
];

const awsLines = ({ queue, ...stack }: Where): readonly string[] => [
  `AWS_ACCESS_KEY_ID=${queue.credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${queue.credentials.secretAccessKey} \\`,
  `aws sqs send-message --region ${queue.region} \\`,
  `--endpoint-url ${queue.endpoint} \\`,
  `--queue-url ${queue.queueUrl} \\`,
  ...(isFifo({ queue, ...stack }) ? [`--message-group-id ${GROUP} \\`] : []),
  `--message-body '${EVENT}'`,
];

const nodeLines = (stack: Where): readonly string[] => [
  `node --input-type=module -e 'import { SQS } from "@aws-sdk/client-sqs";`,
  `const endpoint = "${stack.queue.endpoint}", region = "${stack.queue.region}";`,
  `const credentials = ${credentialsOf(stack)};`,
  `const event = ${EVENT};`,
  "await new SQS({ endpoint, region, credentials }).sendMessage({",
  `  QueueUrl: endpoint + "${stack.queue.queueUrl.slice(stack.queue.endpoint.length)}",`,
  ...(isFifo(stack) ? [`  MessageGroupId: "${GROUP}",`] : []),
  "  MessageBody: JSON.stringify(event),",
  "})'",
];

const credentialsOf = ({ queue }: Where): string =>
  `{ accessKeyId: "${queue.credentials.accessKeyId}", secretAccessKey: "${queue.credentials.secretAccessKey}" }`;

const testEventLines = ({ apiUrl }: Where, hasToken: boolean): readonly string[] => [
  ...(hasToken ? ['curl -H "authorization: Bearer $REALTIME_TEST_TOKEN" \\'] : []),
  `${hasToken ? "  " : "curl "}-X POST ${apiUrl}/test`,
];

const TOKEN_LINES = ["npm run --silent token -- mint --user u1 --grant 'audit-*'"];
