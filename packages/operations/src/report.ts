import type { DeadLetter } from "./dead-letter.ts";
import type { ChangeKind, ChangeOutcome } from "./deletion.ts";
import type { DeadLetterRow } from "./row.ts";

export interface CodeTally {
  readonly count: number;
  readonly byCode: ReadonlyMap<string, number>;
}

export interface CommandSummary {
  /** The change, or `matched` for a command that changes nothing. */
  readonly what: ChangeKind | "matched";
  readonly tally: CodeTally;
  readonly failed: number;
  /** Dead letters that the command left alone because they would fail again, by code. */
  readonly heldBack: ReadonlyMap<string, number>;
  readonly read: number;
  readonly interrupted: boolean;
}

/** The results of a command, for a person or for a program. */
export interface DeadLetterReport {
  rows(rows: readonly DeadLetterRow[]): void;
  /** The one place that shows a payload. */
  deadLetter(deadLetter: DeadLetter): void;
  outcome(deadLetter: DeadLetter, outcome: ChangeOutcome): void;
  summary(summary: CommandSummary): void;
}
