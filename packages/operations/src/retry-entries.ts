import type { EntryFailure } from "./queues.ts";

/** SQS fails single entries of a batch for a moment; three attempts outlast that. */
const PAUSES_MS = [200, 1_000];

export type Sleep = (ms: number) => Promise<unknown>;

/** Calls SQS again with the entries that failed on SQS's side. Resolves with the reasons of the final failures. */
export async function retryEntries<T>(
  entries: readonly T[],
  attempt: (entries: readonly T[]) => Promise<readonly EntryFailure[]>,
  sleep: Sleep,
): Promise<ReadonlyMap<T, string>> {
  const reasons = new Map<T, string>();
  let left = entries;
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    const again: T[] = [];
    for (const { index, reason, retryable } of await attempt(left)) {
      const entry = left[index];
      if (entry === undefined) continue;
      if (retryable && pauseMs !== undefined) again.push(entry);
      else reasons.set(entry, reason);
    }
    if (again.length === 0 || pauseMs === undefined) break;
    left = again;
    await sleep(pauseMs);
  }
  return reasons;
}
