import { type DeadLetterReason, parseReason, REASON_ATTRIBUTE, reasonText } from "./reason.ts";
import {
  MAX_ATTRIBUTES,
  MAX_MESSAGE_BYTES,
  messageBytes,
  type SqsAttribute,
  type SqsMessage,
  utf8Length,
  withoutAttributes,
} from "./sqs-message.ts";

export interface WrittenDeadLetter extends SqsMessage {
  /** False if SQS has no room for the reason. */
  readonly hasReason: boolean;
}

const DATA_TYPE = "String";

/**
 * The original message with one attribute more: the reason. If SQS has no room, `detail` is shortened first. Then the reason
 * is the code alone, and at last the message travels without a reason. It never loses anything that its producer wrote.
 */
export function writeDeadLetter(message: SqsMessage, reason: DeadLetterReason): WrittenDeadLetter {
  const original = withoutOldReason(message);
  const text = fittingText(reason, roomBytes(original));
  if (text === undefined) return { ...original, hasReason: false };
  const attribute: SqsAttribute = { DataType: DATA_TYPE, StringValue: text };
  return { ...original, attributes: { ...original.attributes, [REASON_ATTRIBUTE]: attribute }, hasReason: true };
}

/** An earlier dead letter that someone sent back to the queue still has its old reason. */
function withoutOldReason({ body, attributes }: SqsMessage): SqsMessage {
  if (parseReason(attributes[REASON_ATTRIBUTE]) === undefined) return { body, attributes };
  return { body, attributes: withoutAttributes(attributes, new Set([REASON_ATTRIBUTE])) };
}

/** Bytes left for the reason's text. A producer's own attribute of the same name leaves no room. */
function roomBytes(message: SqsMessage): number {
  const names = Object.keys(message.attributes);
  if (names.length >= MAX_ATTRIBUTES || names.includes(REASON_ATTRIBUTE)) return 0;
  return MAX_MESSAGE_BYTES - messageBytes(message) - utf8Length(REASON_ATTRIBUTE + DATA_TYPE);
}

function fittingText(reason: DeadLetterReason, room: number): string | undefined {
  const fits = (text: string): boolean => utf8Length(text) <= room;
  const whole = reasonText(reason);
  if (fits(whole)) return whole;
  const characters = [...(reason.detail ?? "")];
  const shortened = (count: number): string => reasonText({ ...reason, detail: characters.slice(0, count).join("") });
  if (fits(shortened(0))) return shortened(greatest(characters.length, (count) => fits(shortened(count))));
  const codeAlone = reasonText({ code: reason.code });
  return fits(codeAlone) ? codeAlone : undefined;
}

/** The greatest number from 0 to the limit that holds. Zero holds, and every number below one that holds. */
function greatest(limit: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
