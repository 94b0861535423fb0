import { setTimeout as delay } from "node:timers/promises";
import type { SQSRecord } from "aws-lambda";
import type { PollerSettings } from "./settings.ts";
import type { MessageSource } from "./source.ts";

/** ReceiveMessage returns at most ten messages. */
const MAX_RECEIVE = 10;
/** The payload of an invocation has at most 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_EVENT_BYTES = 6 * 1024 * 1024;
/** Short polls of an empty queue, while the window is open. */
const SHORT_POLL_PAUSE_MS = 100;
const COMMA_BYTES = 1;
const ENVELOPE_BYTES = Buffer.byteLength('{"Records":[]}');

export interface Clock {
  now(): number;
  sleep(durationMs: number): Promise<unknown>;
}

const systemClock: Clock = { now: Date.now, sleep: delay };

/** Receives until the batch is full, or until the window that its first message opened has closed. Lambda does not wait for a window with a full batch either. */
export async function gatherBatch(
  source: MessageSource,
  { batchSize, batchWindowSeconds, waitSeconds }: PollerSettings,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<SQSRecord[]> {
  const records = await source.receive(Math.min(MAX_RECEIVE, batchSize), waitSeconds);
  if (records.length === 0) return records;
  const closesAt = clock.now() + batchWindowSeconds * 1000;
  while (records.length < batchSize && !signal.aborted) {
    const remainingMs = closesAt - clock.now();
    if (remainingMs <= 0) break;
    const wait = Math.min(waitSeconds, Math.floor(remainingMs / 1000));
    const received = await receiveOrNone(source, Math.min(MAX_RECEIVE, batchSize - records.length), wait);
    if (received === undefined) break;
    records.push(...received);
    // SQS polls for whole seconds. In the last second, pauses separate polls that do not wait.
    if (wait === 0 && received.length === 0) await clock.sleep(Math.min(remainingMs, SHORT_POLL_PAUSE_MS));
  }
  return records;
}

/** An error here must not lose the messages received before. The next poll reports it again. */
async function receiveOrNone(source: MessageSource, maxRecords: number, wait: number) {
  try {
    return await source.receive(maxRecords, wait);
  } catch {
    return undefined;
  }
}

/** Cuts a batch into events that Lambda accepts, in order. A larger message is alone in its event. */
export function splitBySize(records: readonly SQSRecord[], limitBytes = MAX_EVENT_BYTES): SQSRecord[][] {
  const batches: SQSRecord[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record));
    const last = batches.at(-1);
    if (last === undefined || bytes + size + COMMA_BYTES > limitBytes) {
      batches.push([record]);
      bytes = ENVELOPE_BYTES + size;
    } else {
      last.push(record);
      bytes += size + COMMA_BYTES;
    }
  }
  return batches;
}
