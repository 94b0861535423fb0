import { randomUUID } from "node:crypto";
import type { EventsWith, NameOf } from "../catalog-events.ts";
import { assembleProducer, messageSettings } from "../create-producer.ts";
import { createDispatcher } from "../dispatcher.ts";
import type { EventOptions } from "../options.ts";
import type { ProducerCode } from "../producer-error.ts";
import type { Producer } from "../producer-types.ts";
import { DEFAULT_RETRY } from "../retry.ts";
import { sleep } from "../sleep.ts";
import { createRecordedQueue, type RecordedEvent } from "./recorded-queue.ts";

export { ProducerError } from "../producer-error.ts";
export type { RecordedEvent } from "./recorded-queue.ts";

/** An event that a test producer sent, typed by its name. */
export type RecordedOf<Events, Name extends NameOf<Events> = NameOf<Events>> = {
  [Known in Name]: RecordedEvent<Known, Events[Known]>;
}[Name];

export interface TestProducerOptions<Own> extends EventOptions<Own> {
  /** Default: `/test`. */
  readonly source?: string;
}

export interface WaitOptions {
  readonly timeoutMs?: number;
}

/** A producer with a queue in memory. It validates as the real one does, and it needs no AWS SDK. */
export interface TestProducer<Events> extends Producer<Events> {
  /** The events in the order in which they were sent, all or those of a name. */
  sent(): readonly RecordedOf<Events>[];
  sent<Name extends NameOf<Events>>(name: Name): readonly RecordedOf<Events, Name>[];
  /** Resolves with an event that was sent, or will be. Rejects after `timeoutMs`, by default 1000. */
  waitFor<Name extends NameOf<Events>>(name: Name, options?: WaitOptions): Promise<RecordedOf<Events, Name>>;
  waitFor(match: (event: RecordedOf<Events>) => boolean, options?: WaitOptions): Promise<RecordedOf<Events>>;
  /** The next event, or so many, fails with this code. */
  failNext(code: ProducerCode, times?: number): void;
  /** Forgets what was sent, and the failures to come. */
  clear(): void;
}

const CONCURRENCY = 8;
const DEFAULT_TIMEOUT_MS = 1000;

/** Creates a producer for tests. */
export function createTestProducer<Own = Record<never, never>>(
  options?: TestProducerOptions<Own>,
): TestProducer<EventsWith<Own>>;
export function createTestProducer(
  options: TestProducerOptions<Readonly<Record<string, unknown>>> = {},
): TestProducer<Readonly<Record<string, unknown>>> {
  const queue = createRecordedQueue();
  function waitFor<Name extends string>(name: Name, options?: WaitOptions): Promise<RecordedEvent<Name>>;
  function waitFor(match: (event: RecordedEvent) => boolean, options?: WaitOptions): Promise<RecordedEvent>;
  function waitFor(match: string | ((event: RecordedEvent) => boolean), { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) {
    return queue.waitFor(typeof match === "function" ? match : ({ type }) => type === match, timeoutMs);
  }
  const dispatcher = createDispatcher({
    transport: queue.transport,
    isFifo: false,
    concurrency: CONCURRENCY,
    // A failure that a test asks for is final.
    retry: { ...DEFAULT_RETRY, maxAttempts: 1 },
    sleep,
    random: Math.random,
  });
  const effects = { now: () => new Date(), newId: randomUUID };
  const settings = messageSettings({ source: "/test", ...options }, false, effects);
  return {
    ...assembleProducer(settings, dispatcher, CONCURRENCY),
    sent: (name?: string) => queue.events.filter(({ type }) => name === undefined || type === name),
    waitFor,
    failNext: (code, times = 1) => queue.fail(code, times),
    clear: queue.clear,
  };
}
