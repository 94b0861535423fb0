import type { SQSRecord } from "aws-lambda";

/** The event of an invocation that is no batch of SQS messages. Lambda retries or drops it, depending on its source. */
export class NotAnSqsBatchError extends Error {
  /** Lambda logs the name of the class as `errorType`. Minified bundles shorten it. */
  static override readonly name = "NotAnSqsBatchError";
  override readonly name = "NotAnSqsBatchError";
  readonly code = "not_an_sqs_batch";
}

/**
 * The SQS messages of an invocation. Lambda's event source mapping sends `{ Records }`, EventBridge Pipes a bare array.
 * Throws `NotAnSqsBatchError` for anything else, and names the likely source.
 */
export function recordsOf(event: unknown): readonly SQSRecord[] {
  const records: unknown = Array.isArray(event) ? event : Object(event).Records;
  if (!Array.isArray(records))
    throw new NotAnSqsBatchError(
      'The event has no "Records". Connect the relay to a queue with an event source mapping, or invoke it with { "Records": [] }.',
    );
  // A malformed message among sound ones fails alone, later.
  if (records.length > 0 && !records.some((record) => "body" in Object(record)))
    throw new NotAnSqsBatchError(
      `These are no SQS messages, as they have no body (their source: ${sourceOf(records[0])}). Connect the relay to a queue.`,
    );
  // A null becomes an object without fields.
  return records.map((record) => Object(record));
}

/** Names of AWS services are safe to log. Anything else could be a payload. */
function sourceOf(record: unknown): string {
  const { eventSource, EventSource } = Object(record);
  const source: unknown = eventSource ?? EventSource;
  return typeof source === "string" && /^aws:[a-z0-9-]{1,30}$/.test(source) ? source : "unknown";
}
