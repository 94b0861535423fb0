/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const MAX_BATCH_ENTRIES = 10;
/** The same page: the sum of a batch's messages has the limit of a single message. */
export const MAX_BATCH_BYTES = 1_048_576;

/** Cuts entries into batches of at most ten and 1 MiB, in order. A larger entry is alone, and SQS decides on it. */
export function batchesBySize<T>(entries: readonly T[], sizeBytes: (entry: T) => number = () => 0): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = sizeBytes(entry);
    if (batch.length === MAX_BATCH_ENTRIES || (batch.length > 0 && bytes + size > MAX_BATCH_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/**
 * On a FIFO queue, the first message of every group, then the second of every group, and so on. One entry of a call may
 * fail while later ones succeed, so a call must not have two messages of a group. A standard queue has one round.
 */
export function roundsByGroup<T extends { readonly groupId?: string }>(entries: readonly T[], fifo: boolean): T[][] {
  if (!fifo) return entries.length === 0 ? [] : [[...entries]];
  const rounds: T[][] = [];
  const counts = new Map<string | undefined, number>();
  for (const entry of entries) {
    const position = counts.get(entry.groupId) ?? 0;
    counts.set(entry.groupId, position + 1);
    const round = rounds[position];
    if (round) round.push(entry);
    else rounds.push([entry]);
  }
  return rounds;
}
