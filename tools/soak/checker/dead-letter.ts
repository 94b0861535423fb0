import { readDeadLetter, type SqsAttributes } from "@realtime-gateway/dead-letter";
import { markerIn } from "../traffic/draft.ts";
import type { ObservedDeadLetter } from "./observations.ts";
import { digestOf } from "./payload.ts";

/** A message as its producer sent it. */
export interface SentOriginal {
  readonly bodyDigest: string;
  readonly attributes: SqsAttributes;
  /** The name that the reason must state; `undefined` for a poison message. */
  readonly name: string | undefined;
}

/** SQS takes ten attributes (SendMessage API reference). */
const MAX_ATTRIBUTES = 10;

/** Compares a dead letter with its message (contract, section 9). */
export function observeDeadLetter(
  body: string,
  attributes: SqsAttributes,
  originalOf: (marker: number) => SentOriginal | undefined,
): ObservedDeadLetter {
  const marker = markerIn(body);
  const original = marker === undefined ? undefined : originalOf(marker);
  const { reason, attributes: own } = readDeadLetter(attributes, { movedBySqs: false });
  const faults: string[] = [];
  if (original !== undefined) {
    if (digestOf(body) !== original.bodyDigest) faults.push("another body than sent");
    if (spelled(own) !== spelled(original.attributes)) faults.push("other attributes than sent");
    const hasRoom = Object.keys(original.attributes).length < MAX_ATTRIBUTES;
    if (reason === undefined && hasRoom) faults.push("no reason");
    if (reason !== undefined) {
      if (!reason.detail) faults.push("no detail");
      if (original.name !== undefined && reason.event !== original.name)
        faults.push(`the event ${reason.event} instead of ${original.name}`);
      if (reason.failedAtMs === undefined) faults.push("no time");
    }
  }
  return { marker, code: reason?.code, messageId: reason?.messageId, receiveCount: reason?.receiveCount, faults };
}

/** One text for equal attributes. */
const spelled = (attributes: SqsAttributes): string =>
  JSON.stringify(
    Object.entries(attributes)
      .map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        DataType,
        BinaryValue === undefined ? StringValue : Buffer.from(BinaryValue).toString("base64"),
      ])
      .sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
  );
