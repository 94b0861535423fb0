import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";

/** What SQS's own redrive moved carries no reason: this stands for its code, in tables and in `--code=-`. */
export const UNKNOWN = "-";

/** The name of one reception: it is what SQS deletes and releases by. */
export interface Receipt {
  readonly id: string;
  readonly receiptHandle: string;
}

/** Why the relay gave a message up. */
export interface Failure {
  readonly code: string;
  readonly detail: string;
  readonly event: string;
  readonly failedAtMs: number;
  readonly receiveCount: number;
}

export interface DeadLetter extends Receipt {
  readonly body: string;
  /** Those the message had before it failed. */
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly sentAtMs: number;
  readonly groupId?: string;
  /** Missing when SQS itself moved the message here. */
  readonly failure?: Failure;
}

/** The relay's own attributes (functions/relay). */
const OWN_ATTRIBUTES: ReadonlySet<string> = new Set(["code", "detail", "event", "failed_at", "receive_count"]);

export function parseDeadLetter(message: Message): DeadLetter {
  const { MessageId, ReceiptHandle, Body = "", MessageAttributes = {}, Attributes = {} } = message;
  if (MessageId === undefined || ReceiptHandle === undefined) throw new Error("SQS answered a message without an id");
  const failure = failureOf(MessageAttributes);
  // An SQS-moved message may have attributes of these names that are its producer's: without a failure nothing is ours.
  const original = failure ? withoutOwn(MessageAttributes) : MessageAttributes;
  return {
    id: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: original,
    sentAtMs: Number(Attributes.SentTimestamp ?? 0),
    ...(Attributes.MessageGroupId !== undefined && { groupId: Attributes.MessageGroupId }),
    ...(failure && { failure }),
  };
}

function failureOf(attributes: Readonly<Record<string, MessageAttributeValue>>): Failure | undefined {
  const text = (name: string) => attributes[name]?.StringValue;
  const code = text("code");
  const failedAtMs = Date.parse(text("failed_at") ?? "");
  const receiveCount = text("receive_count") ?? "";
  if (code === undefined || Number.isNaN(failedAtMs) || !/^\d+$/.test(receiveCount)) return undefined;
  return {
    code,
    detail: text("detail") ?? "",
    event: text("event") ?? UNKNOWN,
    failedAtMs,
    receiveCount: Number(receiveCount),
  };
}

function withoutOwn(
  attributes: Readonly<Record<string, MessageAttributeValue>>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !OWN_ATTRIBUTES.has(name)));
}

export const codeOf = ({ failure }: Pick<DeadLetter, "failure">): string => failure?.code ?? UNKNOWN;
export const eventOf = ({ failure }: Pick<DeadLetter, "failure">): string => failure?.event ?? UNKNOWN;
/** SQS says when a message was sent, not when it moved it here: for those the age counts from there. */
export const failedAtMs = ({ failure, sentAtMs }: DeadLetter): number => failure?.failedAtMs ?? sentAtMs;
