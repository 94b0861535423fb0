import { type DeadLetterReason, parseReason, REASON_ATTRIBUTE } from "./reason.ts";
import { MAX_ATTRIBUTES, type SqsAttribute, type SqsAttributes, withoutAttributes } from "./sqs-message.ts";

export interface ReadDeadLetter<A extends SqsAttribute> {
  /** Missing if the relay wrote none, or if SQS itself moved the message. */
  readonly reason: DeadLetterReason | undefined;
  /** The attributes of the original message: a redrive sends them. */
  readonly attributes: SqsAttributes<A>;
}

export interface ReadOptions {
  /**
   * SQS moved the message to the dead-letter queue itself, after too many receives. Then a reason on it is an old one: an
   * earlier dead letter was sent back with it, and failed again for another reason.
   */
  readonly movedBySqs: boolean;
}

/** Separates the reason of a dead letter from the attributes of the original message. */
export function readDeadLetter<A extends SqsAttribute>(
  attributes: SqsAttributes<A>,
  { movedBySqs }: ReadOptions,
): ReadDeadLetter<A> {
  const reason = parseReason(attributes[REASON_ATTRIBUTE]);
  if (reason !== undefined) {
    const original = withoutAttributes(attributes, new Set([REASON_ATTRIBUTE]));
    return { reason: movedBySqs ? undefined : reason, attributes: original };
  }
  const former = movedBySqs || hadNoRoom(attributes) ? undefined : formerReason(attributes);
  if (former === undefined) return { reason: undefined, attributes };
  return { reason: former, attributes: withoutAttributes(attributes, FORMER_ATTRIBUTES) };
}

/** Such a message has no reason, so all of its attributes are the producer's, even under the names of the former format. */
const hadNoRoom = (attributes: SqsAttributes): boolean =>
  REASON_ATTRIBUTE in attributes || Object.keys(attributes).length >= MAX_ATTRIBUTES;

/** Earlier versions of the relay wrote the reason as five attributes. */
const FORMER_ATTRIBUTES: ReadonlySet<string> = new Set(["code", "detail", "event", "failed_at", "receive_count"]);

/** A producer may use some of these names. Only a code with a valid time and count is a former reason. */
function formerReason(attributes: SqsAttributes): DeadLetterReason | undefined {
  const text = (name: string): string | undefined => attributes[name]?.StringValue;
  const code = text("code");
  const failedAtMs = Date.parse(text("failed_at") ?? "");
  const receiveCount = text("receive_count") ?? "";
  if (code === undefined || Number.isNaN(failedAtMs) || !/^\d+$/.test(receiveCount)) return undefined;
  return {
    code,
    failedAtMs,
    receiveCount: Number(receiveCount),
    ...optional("detail", text("detail")),
    ...optional("event", text("event")),
  };
}

const optional = (name: "detail" | "event", value: string | undefined) =>
  value === undefined ? {} : { [name]: value };
