import { setTimeout as delay } from "node:timers/promises";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { gatherBatch, splitBySize } from "./batch.ts";
import { deleteMessages } from "./delete-messages.ts";
import { createGroupLock } from "./group-lock.ts";
import { type BatchOutcome, readPartialBatchResponse, wholeBatch } from "./partial-batch-response.ts";
import { type PollerOptions, type PollerSettings, pollerSettings } from "./settings.ts";
import type { MessageSource } from "./source.ts";

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

export interface BatchObservation {
  readonly records: readonly SQSRecord[];
  /** Ids of the messages that SQS returns again after their visibility timeout. */
  readonly failed: ReadonlySet<string>;
  readonly durationMs: number;
  readonly error?: string;
}

export interface PollerDeps extends PollerOptions {
  readonly source: MessageSource;
  invoke(event: SQSEvent): Promise<unknown>;
  /** Called before the invocation with a batch; `onBatch` follows with the same messages. */
  onInvoke?(records: readonly SQSRecord[]): void;
  /** Called after the deletion of the processed messages. */
  onBatch?(batch: BatchObservation): void;
  /** Called when the queue fails. The poller continues. */
  onError?(error: unknown): void;
}

export interface Poller {
  /** Starts no more invocations, and resolves after the current ones. */
  stop(): Promise<void>;
}

/** Passes messages from a queue to a function, as Lambda's SQS event source mapping does. Closes the source at its end. */
export function startPoller(deps: PollerDeps): Poller {
  const settings = pollerSettings(deps, deps.source.fifo);
  const stopping = new AbortController();
  const ended = poll(deps, settings, stopping.signal).finally(() => deps.source.close());
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

async function poll(deps: PollerDeps, settings: PollerSettings, signal: AbortSignal): Promise<void> {
  const handle = createBatchHandler(deps);
  const underWay = new Set<Promise<void>>();
  let errors = 0;
  while (!signal.aborted) {
    try {
      const records = await gatherBatch(deps.source, settings, signal);
      errors = 0;
      if (signal.aborted) await release(deps.source, records);
      else if (records.length > 0) track(underWay, handle(records));
    } catch (error) {
      deps.onError?.(error);
      await pause(Math.min(FIRST_BACKOFF_MS * 2 ** errors++, MAX_BACKOFF_MS), signal);
    }
    if (underWay.size >= settings.maximumConcurrency) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

function createBatchHandler(deps: PollerDeps) {
  const withGroups = createGroupLock();
  return async function handle(records: readonly SQSRecord[]): Promise<void> {
    const groups = deps.source.fifo ? groupsOf(records) : [];
    try {
      await withGroups(groups, async () => {
        for (const batch of splitBySize(records)) await handleBatch(deps, batch);
      });
    } catch (error) {
      deps.onError?.(error);
    }
  };
}

async function handleBatch(deps: PollerDeps, records: SQSRecord[]): Promise<void> {
  deps.onInvoke?.(records);
  const startedAt = performance.now();
  const outcome = await invoke(deps, records);
  const durationMs = performance.now() - startedAt;
  try {
    await deleteMessages(
      deps.source,
      records.filter(({ messageId }) => !outcome.failed.has(messageId)),
    );
  } finally {
    deps.onBatch?.({ records, durationMs, ...outcome });
  }
}

async function invoke(deps: PollerDeps, records: SQSRecord[]): Promise<BatchOutcome> {
  const messageIds = records.map(({ messageId }) => messageId);
  try {
    return readPartialBatchResponse(await deps.invoke({ Records: records }), messageIds);
  } catch (error) {
    return wholeBatch(messageIds, error instanceof Error ? error.message : String(error));
  }
}

function groupsOf(records: readonly SQSRecord[]): string[] {
  return [...new Set(records.map(({ attributes }) => attributes.MessageGroupId ?? ""))];
}

function track(underWay: Set<Promise<void>>, task: Promise<void>): void {
  const tracked = task.finally(() => underWay.delete(tracked));
  underWay.add(tracked);
}

/** Messages received during the stop are not processed here, so they become visible again at once. */
async function release(source: MessageSource, records: readonly SQSRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += 10) await source.release(records.slice(start, start + 10));
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return delay(durationMs, undefined, { signal }).catch(() => undefined);
}
