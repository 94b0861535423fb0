import { setTimeout as delay } from "node:timers/promises";
import type { SQSRecord } from "aws-lambda";
import type { MessageSource } from "./source.ts";

/** DeleteMessageBatch accepts at most ten entries. */
const MAX_DELETE = 10;
const PAUSES_MS = [50, 200, 800];

/** Deletes messages in calls of ten, and retries the failed ones. Throws if some still fail. */
export async function deleteMessages(
  source: MessageSource,
  records: readonly SQSRecord[],
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<void> {
  let left = await deleteOnce(source, records);
  for (const pauseMs of pausesMs) {
    if (left.length === 0) return;
    await delay(pauseMs);
    left = await deleteOnce(source, left);
  }
  if (left.length > 0)
    throw new Error(`${left.length} processed messages could not be deleted. SQS will return them again.`);
}

async function deleteOnce(source: MessageSource, records: readonly SQSRecord[]): Promise<SQSRecord[]> {
  const left: SQSRecord[] = [];
  for (let start = 0; start < records.length; start += MAX_DELETE) {
    const chunk = records.slice(start, start + MAX_DELETE);
    left.push(...(await source.remove(chunk).catch(() => chunk)));
  }
  return left;
}
