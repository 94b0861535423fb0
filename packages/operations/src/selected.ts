import { codeOf, type DeadLetter } from "./dead-letter.ts";
import { createQueueReader, type QueueReader, type QueueReaderDeps } from "./queue-reader.ts";
import { matches, type Selection } from "./selection.ts";

export interface SelectedDeps extends QueueReaderDeps {
  readonly selection: Selection;
  readonly limit: number;
  /** Leaves matching dead letters with these codes where they are, and counts them. */
  readonly heldBackCodes?: ReadonlySet<string> | undefined;
  /** Called after each batch with the messages read, and those of them that match. */
  readonly onProgress: (read: number, matched: number) => void;
  /** Called when so many messages could not be made visible again at once. */
  readonly onHidden: (count: number) => void;
}

/** Processes the matching dead letters of one batch. It marks those it deletes. */
export type DeadLetterAction = (deadLetters: readonly DeadLetter[]) => Promise<void>;

export interface SelectedResult {
  readonly read: number;
  readonly matched: number;
  /** Matching dead letters by code. */
  readonly byCode: ReadonlyMap<string, number>;
  /** Dead letters that matched and were held back, by code. */
  readonly heldBack: ReadonlyMap<string, number>;
  readonly unreadReason?: string;
}

/** Applies an action to each matching dead letter, up to the limit. However it ends, it releases what is not deleted. */
export async function forEachSelected(
  deps: SelectedDeps,
  createAction: (reader: QueueReader) => DeadLetterAction,
): Promise<SelectedResult> {
  const { selection, limit, heldBackCodes, signal, onProgress, onHidden } = deps;
  const reader = createQueueReader(deps);
  const act = createAction(reader);
  const byCode = new Map<string, number>();
  const heldBack = new Map<string, number>();
  let read = 0;
  let matched = 0;
  try {
    for await (const batch of reader.batches()) {
      if (signal.aborted) break;
      const isHeldBack = (each: DeadLetter): boolean => heldBackCodes?.has(codeOf(each)) === true;
      const selected = batch.filter((each) => matches(selection, each));
      const matching = selected.filter((each) => !isHeldBack(each)).slice(0, limit - matched);
      countCodes(matching, byCode);
      countCodes(selected.filter(isHeldBack), heldBack);
      read += batch.length;
      matched += matching.length;
      if (matching.length > 0) await act(matching);
      onProgress(read, matched);
      if (matched >= limit) break;
    }
  } finally {
    const hidden = await reader.release();
    if (hidden > 0) onHidden(hidden);
  }
  const unreadReason = reader.unreadReason();
  return { read, matched, byCode, heldBack, ...(unreadReason !== undefined && { unreadReason }) };
}

function countCodes(deadLetters: readonly DeadLetter[], counts: Map<string, number>): void {
  for (const each of deadLetters) counts.set(codeOf(each), (counts.get(codeOf(each)) ?? 0) + 1);
}
