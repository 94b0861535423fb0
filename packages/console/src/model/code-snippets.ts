import type { EventDraft } from "./draft.ts";
import { membersOf, objectText, prettyJson } from "./json-text.ts";

export interface CodeSnippet {
  readonly name: string;
  readonly code: string;
}

interface Place {
  readonly env: Readonly<Record<string, string>>;
  readonly eventsUrl: string;
}

/** The same event as code of a producer, as commands, and as Python. */
export function codeSnippets(draft: EventDraft, { env, eventsUrl }: Place): readonly CodeSnippet[] {
  const body = bodyText(draft);
  return [
    { name: "Producer", code: producerCode(draft) },
    { name: "AWS CLI", code: awsCode(body, env) },
    { name: "Python", code: pythonCode(body, env) },
    { name: "curl", code: `curl ${eventsUrl} \\\n  -d ${shellQuoted(body)}` },
  ];
}

/** On one line where that loses nothing. */
function bodyText({ type, data }: EventDraft): string {
  const members = membersOf(data);
  return `{"type":${JSON.stringify(type)},"data":${members === undefined ? data.trim() : objectText(members)}}`;
}

const producerCode = ({
  type,
  data,
}: EventDraft): string => `import { createProducer } from "@realtime-gateway/producer";

const realtime = createProducer({ queueUrl: process.env.DOMAIN_EVENTS_QUEUE_URL ?? "", source: "/my-service" });

await realtime.send(${JSON.stringify(type)}, ${prettyJson(data)});`;

const AWS_NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"] as const;

const awsCode = (body: string, env: Place["env"]): string =>
  [
    ...AWS_NAMES.map((name) => `export ${name}=${env[name] ?? ""}`),
    "aws sqs send-message \\",
    `  --endpoint-url ${env.AWS_ENDPOINT_URL_SQS ?? ""} \\`,
    `  --queue-url ${env.DOMAIN_EVENTS_QUEUE_URL ?? ""} \\`,
    ...(isFifo(env) ? ["  --message-group-id console --message-deduplication-id $(date +%s%N) \\"] : []),
    `  --message-body ${shellQuoted(body)}`,
  ].join("\n");

const pythonCode = (body: string, env: Place["env"]): string =>
  [
    "import boto3",
    ...(isFifo(env) ? ["import uuid"] : []),
    "",
    `sqs = boto3.client("sqs", endpoint_url=${text(env.AWS_ENDPOINT_URL_SQS)}, region_name=${text(env.AWS_DEFAULT_REGION)},`,
    `    aws_access_key_id=${text(env.AWS_ACCESS_KEY_ID)}, aws_secret_access_key=${text(env.AWS_SECRET_ACCESS_KEY)})`,
    "sqs.send_message(",
    `    QueueUrl=${text(env.DOMAIN_EVENTS_QUEUE_URL)},`,
    ...(isFifo(env) ? [`    MessageGroupId="console", MessageDeduplicationId=str(uuid.uuid4()),`] : []),
    // A JSON string is also a Python string.
    `    MessageBody=${JSON.stringify(body)},`,
    ")",
  ].join("\n");

const text = (value = ""): string => JSON.stringify(value);

const isFifo = (env: Place["env"]): boolean => env.DOMAIN_EVENTS_QUEUE_URL?.endsWith(".fifo") === true;

const shellQuoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
