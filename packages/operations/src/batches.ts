/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const MAX_BATCH_ENTRIES = 10;
/** The same page: all of a batch's messages together, as one message alone. */
export const MAX_BATCH_BYTES = 1_048_576;

/** Consecutive runs of at most ten entries and 1 MiB; an entry larger than that is alone, for SQS to judge. */
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
 * On a FIFO queue, the first of every group, then the second of every group, and so on: SQS may refuse one entry of a call
 * and accept those after it, so a call holds one message of a group at most. Elsewhere there is no order to keep.
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
