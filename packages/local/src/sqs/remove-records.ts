import { setTimeout as delay } from "node:timers/promises";
import type { SQSRecord } from "aws-lambda";
import type { RecordSource } from "./sqs-source.ts";

/** DeleteMessageBatch takes ten entries at most. */
const MAX_REMOVE = 10;
const PAUSES_MS = [50, 200, 800];

/** Deletes records in calls of ten, and tries again those that stay. Throws when some stay for good. */
export async function removeRecords(
  source: RecordSource,
  records: readonly SQSRecord[],
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<void> {
  let left = await removeOnce(source, records);
  for (const pauseMs of pausesMs) {
    if (left.length === 0) return;
    await delay(pauseMs);
    left = await removeOnce(source, left);
  }
  if (left.length > 0) throw new Error(`${left.length} handled messages could not be deleted and will come back.`);
}

async function removeOnce(source: RecordSource, records: readonly SQSRecord[]): Promise<SQSRecord[]> {
  const left: SQSRecord[] = [];
  for (let start = 0; start < records.length; start += MAX_REMOVE) {
    const chunk = records.slice(start, start + MAX_REMOVE);
    left.push(...(await source.remove(chunk).catch(() => chunk)));
  }
  return left;
}
