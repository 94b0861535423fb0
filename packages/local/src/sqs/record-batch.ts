import { setTimeout as delay } from "node:timers/promises";
import type { SQSRecord } from "aws-lambda";
import type { PollerSettings } from "./poller-settings.ts";
import type { RecordSource } from "./sqs-source.ts";

/** ReceiveMessage hands out ten messages at most. */
const MAX_RECEIVE = 10;
/** Payload of an invocation, 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_EVENT_BYTES = 6 * 1024 * 1024;
const COMMA_BYTES = 1;
const ENVELOPE_BYTES = Buffer.byteLength('{"Records":[]}');

export interface Clock {
  now(): number;
  sleep(durationMs: number): Promise<unknown>;
}

const systemClock: Clock = { now: Date.now, sleep: delay };

/** Receives until the batch is full, or the window that opened with its first record has closed. */
export async function gatherBatch(
  source: RecordSource,
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
    // SQS waits whole seconds: what is left of the last one is ours to wait.
    if (wait === 0) await clock.sleep(Math.min(remainingMs, 1000));
    const received = await receiveOrNone(source, Math.min(MAX_RECEIVE, batchSize - records.length), wait);
    if (received === undefined) break;
    records.push(...received);
  }
  return records;
}

/** A failing receive must not cost the records in hand: the next poll will meet the error again. */
async function receiveOrNone(source: RecordSource, maxRecords: number, wait: number) {
  try {
    return await source.receive(maxRecords, wait);
  } catch {
    return undefined;
  }
}

/** Cuts a batch into events that Lambda accepts, in order. A record larger than the limit travels alone. */
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
