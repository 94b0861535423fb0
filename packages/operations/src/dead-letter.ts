import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import { NO_CODE } from "@realtime-gateway/codes";
import { type DeadLetterReason, readDeadLetter } from "@realtime-gateway/dead-letter";

/** The code, and the event, of a message without a reason. */
export const UNKNOWN = NO_CODE;

/** Identifies one receive of a message. SQS deletes and releases messages by it. */
export interface Receipt {
  readonly id: string;
  readonly receiptHandle: string;
}

export interface DeadLetter extends Receipt {
  readonly body: string;
  /** The attributes of the original message. */
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly sentAtMs: number;
  readonly groupId?: string;
  /** X-Ray's header. SQS carries it outside the message attributes. */
  readonly traceHeader?: string;
  /** Missing if SQS itself moved the message here. */
  readonly failure?: DeadLetterReason;
}

export function parseDeadLetter(message: Message): DeadLetter {
  const { MessageId, ReceiptHandle, Body = "", MessageAttributes = {}, Attributes = {} } = message;
  if (MessageId === undefined || ReceiptHandle === undefined) throw new Error("SQS answered a message without an id");
  const movedBySqs = Attributes.DeadLetterQueueSourceArn !== undefined;
  const { reason, attributes } = readDeadLetter(MessageAttributes, { movedBySqs });
  return {
    id: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes,
    sentAtMs: Number(Attributes.SentTimestamp ?? 0),
    ...(Attributes.MessageGroupId !== undefined && { groupId: Attributes.MessageGroupId }),
    ...(Attributes.AWSTraceHeader !== undefined && { traceHeader: Attributes.AWSTraceHeader }),
    ...(reason && { failure: reason }),
  };
}

export const codeOf = ({ failure }: Pick<DeadLetter, "failure">): string => failure?.code ?? UNKNOWN;
export const eventOf = ({ failure }: Pick<DeadLetter, "failure">): string => failure?.event ?? UNKNOWN;
/** SQS does not report when it moved a message here. The age of such a message counts from its sending. */
export const failedAtMs = ({ failure, sentAtMs }: DeadLetter): number => failure?.failedAtMs ?? sentAtMs;
