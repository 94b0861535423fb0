import type { Refusal } from "./queues.ts";

/** SQS fails single entries of a batch for a moment; a few tries outlast that. */
const PAUSES_MS = [200, 1_000];

export type Sleep = (ms: number) => Promise<unknown>;

/** Tries again the entries that SQS refused through its own fault. Resolves with the refused ones and why. */
export async function retryPassing<T>(
  entries: readonly T[],
  attempt: (entries: readonly T[]) => Promise<readonly Refusal[]>,
  sleep: Sleep,
): Promise<ReadonlyMap<T, string>> {
  const refused = new Map<T, string>();
  let left = entries;
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    const again: T[] = [];
    for (const { index, reason, passing } of await attempt(left)) {
      const entry = left[index];
      if (entry === undefined) continue;
      if (passing && pauseMs !== undefined) again.push(entry);
      else refused.set(entry, reason);
    }
    if (again.length === 0 || pauseMs === undefined) break;
    left = again;
    await sleep(pauseMs);
  }
  return refused;
}
