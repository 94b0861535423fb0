import { randomUUID } from "node:crypto";
import type { EventsWith } from "./catalog-events.ts";
import { assembleProducer, messageSettings, type UntypedProducer } from "./create-producer.ts";
import { createDispatcher } from "./dispatcher.ts";
import type { ProducerOptions } from "./options.ts";
import { positive } from "./positive.ts";
import type { Producer } from "./producer-types.ts";
import { DEFAULT_RETRY } from "./retry.ts";
import { sleep } from "./sleep.ts";
import { createSqsClient, createSqsTransport, isFifoQueue } from "./sqs-transport.ts";

export type { BrowserSize } from "./browser-view.ts";
export type { BufferOptions, EventBuffer, FlushResult, SupersededEvent } from "./buffer-types.ts";
export type { CatalogEvents, EventsWith } from "./catalog-events.ts";
export type { CloudEvent, EventToSend } from "./cloud-event.ts";
export type { ProducerOptions, ProducerWarning, SendOptions } from "./options.ts";
export type { ProducerCode, SendFailure } from "./producer-error.ts";
export { ProducerError } from "./producer-error.ts";
export type { EventPreview, Producer } from "./producer-types.ts";
export { EventSourceError } from "./send-many.ts";
export type { FailedOfMany, SendReceipt, SentMany, SentOfMany } from "./sent.ts";
export type { StandardSchema } from "./standard-schema.ts";

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;

/** Creates a producer of one queue. It connects at the first event. */
export function createProducer<Own = Record<never, never>>(options: ProducerOptions<Own>): Producer<EventsWith<Own>>;
export function createProducer(options: ProducerOptions<Readonly<Record<string, unknown>>>): UntypedProducer {
  const { queueUrl } = options;
  const concurrency = positive("concurrency", options.concurrency ?? DEFAULT_CONCURRENCY);
  const requestTimeoutMs = positive("requestTimeoutMs", options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS);
  const maxAttempts = positive("maxAttempts", options.maxAttempts ?? DEFAULT_RETRY.maxAttempts);
  const client = options.client ?? createSqsClient(queueUrl, requestTimeoutMs);
  const isFifo = isFifoQueue(queueUrl);
  const dispatcher = createDispatcher({
    transport: createSqsTransport(queueUrl, client, requestTimeoutMs),
    isFifo,
    concurrency,
    retry: { ...DEFAULT_RETRY, maxAttempts },
    sleep,
    random: Math.random,
  });
  const settings = messageSettings(options, isFifo, { now: () => new Date(), newId: randomUUID });
  return assembleProducer(settings, dispatcher, concurrency);
}
