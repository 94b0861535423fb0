import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from "@aws-sdk/client-sqs";
import { acceptedId } from "./group.ts";
import type { Attributes } from "./message-text.ts";
import type { ProducerOptions } from "./options.ts";
import type { OutgoingMessage } from "./prepare.ts";
import { aborted } from "./producer-error.ts";
import { entryFailure, requestFailure } from "./sqs-outcome.ts";
import type { AttemptFailure, AttemptOutcome, QueueTransport } from "./transport.ts";

const CONNECTION_TIMEOUT_MS = 3000;

export const isFifoQueue = (queueUrl: string): boolean => queueUrl.endsWith(".fifo");

/** A client that leaves retries to the producer, which looks at the outcome of each message. */
export function createSqsClient(queueUrl: string, requestTimeoutMs: number): SQSClient {
  const region = regionOf(queueUrl);
  return new SQSClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: requestTimeoutMs },
    ...(region && { region }),
  });
}

/** The region in the queue's host name, also of a VPC endpoint; `undefined` for other hosts, such as a local one. */
export const regionOf = (queueUrl: string): string | undefined =>
  /^https?:\/\/(?:[\w-]+\.)?sqs(?:-fips)?\.([a-z0-9-]+)\.(?:vpce\.)?(?:amazonaws|api\.aws)\b/.exec(queueUrl)?.[1];

/** Sends requests with the AWS SDK. */
export function createSqsTransport(
  queueUrl: string,
  client: NonNullable<ProducerOptions["client"]>,
  requestTimeoutMs: number,
): QueueTransport {
  const isFifo = isFifoQueue(queueUrl);
  return async (messages, signal) => {
    if (isAborted(signal)) return messages.map(() => ({ ok: false, ...aborted() }));
    if (!URL.canParse(queueUrl)) return messages.map(() => ({ ok: false, ...NO_QUEUE }));
    const limit = limited(signal, requestTimeoutMs);
    try {
      const Entries = messages.map((message, index) => entryOf(message, index, isFifo));
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries });
      // A client of the caller's may ignore the signal.
      const sending = client.send(command, { abortSignal: limit.signal });
      return outcomesOf(messages, await Promise.race([sending, limit.reached]));
    } catch (error) {
      const failure = isAborted(signal) ? aborted(ABORTED_ON_ITS_WAY) : requestFailure(error);
      return messages.map(() => ({ ok: false, ...failure }));
    } finally {
      limit.clear();
    }
  };
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const ABORTED_ON_ITS_WAY = "the signal aborted before SQS answered; the message may be in the queue";

/** A signal that aborts with the caller's, or after a time. `reached` rejects then. */
function limited(signal: AbortSignal | undefined, timeoutMs: number) {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  const reached = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(new NoAnswerError(timeoutMs)), { once: true });
  });
  return {
    signal: controller.signal,
    reached,
    clear(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}

class NoAnswerError extends Error {
  static override readonly name = "TimeoutError";
  override readonly name = "TimeoutError";

  constructor(timeoutMs: number) {
    super(`SQS did not answer within ${timeoutMs} ms`);
  }
}

function entryOf({ id, body, group, attributes }: OutgoingMessage, index: number, isFifo: boolean) {
  const entry: SendMessageBatchRequestEntry = { Id: String(index), MessageBody: body };
  if (group !== undefined) entry.MessageGroupId = group;
  if (isFifo) entry.MessageDeduplicationId = acceptedId(id);
  const MessageAttributes = attributesOf(attributes);
  if (MessageAttributes !== undefined) entry.MessageAttributes = MessageAttributes;
  return entry;
}

function attributesOf(attributes: Attributes): SendMessageBatchRequestEntry["MessageAttributes"] {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, { DataType: "String", StringValue: value }]));
}

interface BatchAnswer {
  readonly Successful?:
    | readonly { readonly Id: string | undefined; readonly MessageId: string | undefined }[]
    | undefined;
  readonly Failed?: readonly (Parameters<typeof entryFailure>[0] & { readonly Id: string | undefined })[] | undefined;
}

function outcomesOf(messages: readonly OutgoingMessage[], answer: BatchAnswer): readonly AttemptOutcome[] {
  const outcomes: AttemptOutcome[] = messages.map(() => ({ ok: false, ...NO_OUTCOME }));
  for (const { Id, MessageId = "" } of answer.Successful ?? [])
    outcomes[Number(Id)] = { ok: true, messageId: MessageId };
  for (const failed of answer.Failed ?? []) outcomes[Number(failed.Id)] = { ok: false, ...entryFailure(failed) };
  return outcomes;
}

const NO_QUEUE: AttemptFailure = {
  code: "refused",
  retryable: false,
  isFatal: true,
  detail: "queueUrl is not the URL of a queue: is its environment variable set?",
};

const NO_OUTCOME: AttemptFailure = {
  code: "unreachable",
  retryable: true,
  detail: "the answer of SQS does not name this message",
};
