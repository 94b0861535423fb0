export interface AboutFacts {
  readonly endpoint: string;
  readonly region: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** The address that takes events as plain JSON. */
  readonly eventsUrl?: string | undefined;
}

const EVENT = '{"type":"notification","data":{"type":"info","message":"hello"}}';

/** The text at `GET /`: what listens here, and lines that send an event. */
export function aboutText({ endpoint, region, queueUrl, deadLetterQueueUrl, eventsUrl }: AboutFacts): string {
  const plain = eventsUrl === undefined ? [] : ["", "Or send plain JSON:", "", `  curl ${eventsUrl} -d '${EVENT}'`];
  return `${[
    "This is the local SQS of the realtime gateway. It speaks SQS's JSON protocol and its query protocol.",
    "",
    `  queue         ${queueUrl}`,
    `  dead letters  ${deadLetterQueueUrl}`,
    "",
    "Send an event with AWS CLI v1 or v2:",
    "",
    `  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=${region} \\`,
    `    aws sqs send-message --endpoint-url ${endpoint} --queue-url ${queueUrl} \\`,
    `    --message-body '${EVENT}'`,
    "",
    "Send an event with curl:",
    "",
    `  curl ${queueUrl} -d Action=SendMessage --data-urlencode 'MessageBody=${EVENT}'`,
    ...plain,
  ].join("\n")}\n`;
}
