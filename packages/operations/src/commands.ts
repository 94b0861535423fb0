import { REJECTIONS } from "@realtime-gateway/codes";
import { codeOf, type DeadLetter } from "./dead-letter.ts";
import { type ChangeKind, type ChangeOutcome, deleteDeadLetters } from "./deletion.ts";
import type { QueueReader } from "./queue-reader.ts";
import type { MainQueue } from "./queues.ts";
import { createRedrive } from "./redrive.ts";
import type { CommandSummary, DeadLetterReport } from "./report.ts";
import type { Sleep } from "./retry-entries.ts";
import { type DeadLetterRow, rowOf } from "./row.ts";
import { type DeadLetterAction, forEachSelected, type SelectedDeps, type SelectedResult } from "./selected.ts";

export interface CommandDeps extends SelectedDeps {
  readonly report: DeadLetterReport;
  readonly sleep: Sleep;
  readonly note: (text: string) => void;
}

/** Reports every matching dead letter, the first failure on top. Changes nothing. */
export async function list(deps: CommandDeps): Promise<CommandSummary> {
  const rows: DeadLetterRow[] = [];
  const result = await forEachSelected(deps, () => async (batch) => void rows.push(...batch.map(rowOf)));
  deps.report.rows(rows.toSorted((a, b) => a.failedAtMs - b.failedAtMs));
  return finish(deps, result, { what: "matched", tally: { count: rows.length, byCode: result.byCode }, failed: 0 });
}

/** Reports one message with its payload. Changes nothing. */
export async function show(deps: CommandDeps): Promise<CommandSummary> {
  const { report, signal } = deps;
  const result = await forEachSelected({ ...deps, limit: 1 }, () => async (batch) => batch.forEach(report.deadLetter));
  const { read, matched, byCode, heldBack } = result;
  const tally = { count: matched, byCode };
  const summary: CommandSummary = { what: "matched", tally, failed: 0, heldBack, read, interrupted: signal.aborted };
  if (matched === 0) report.summary(summary);
  return summary;
}

/** Codes of messages that fail again for the same reason, unless somebody has removed their cause. */
export const FAILS_AGAIN: ReadonlySet<string> = new Set(Object.keys(REJECTIONS));

export const redrive = (deps: CommandDeps, main: MainQueue): Promise<CommandSummary> =>
  change(deps, "redriven", (reader, onOutcome) => createRedrive({ ...deps, main, reader, onOutcome }));

export const drop = (deps: CommandDeps): Promise<CommandSummary> =>
  change(
    deps,
    "dropped",
    (reader, onOutcome) => (batch) => deleteDeadLetters(batch, "dropped", { ...deps, reader, onOutcome }),
  );

type CreateChange = (
  reader: QueueReader,
  onOutcome: (deadLetter: DeadLetter, outcome: ChangeOutcome) => void,
) => DeadLetterAction;

async function change(deps: CommandDeps, what: ChangeKind, createChange: CreateChange): Promise<CommandSummary> {
  const byCode = new Map<string, number>();
  let count = 0;
  let failed = 0;
  const onOutcome = (deadLetter: DeadLetter, outcome: ChangeOutcome): void => {
    deps.report.outcome(deadLetter, outcome);
    if (outcome.kind === "failed") failed += 1;
    else {
      count += 1;
      byCode.set(codeOf(deadLetter), (byCode.get(codeOf(deadLetter)) ?? 0) + 1);
    }
  };
  const result = await forEachSelected(deps, (reader) => createChange(reader, onOutcome));
  return finish(deps, result, { what, tally: { count, byCode }, failed });
}

function finish(
  deps: CommandDeps,
  { read, heldBack, unreadReason }: SelectedResult,
  counts: Pick<CommandSummary, "what" | "tally" | "failed">,
): CommandSummary {
  if (unreadReason !== undefined) deps.note(`Not everything was read, as ${unreadReason}. Run it again to go on.`);
  const summary: CommandSummary = { ...counts, heldBack, read, interrupted: deps.signal.aborted };
  deps.report.summary(summary);
  return summary;
}
