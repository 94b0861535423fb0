import type { DeadLetter } from "./dead-letter.ts";
import type { Done, Outcome } from "./removal.ts";
import type { Row } from "./row.ts";

export interface Tally {
  readonly count: number;
  readonly byCode: ReadonlyMap<string, number>;
}

export interface Ending {
  /** What was done, or `matched` where nothing is changed. */
  readonly what: Done | "matched";
  readonly tally: Tally;
  readonly failed: number;
  readonly read: number;
  readonly interrupted: boolean;
}

/** Where results go: standard output, for a person or for a program. */
export interface Report {
  rows(rows: readonly Row[]): void;
  /** The one place that shows a payload. */
  letter(letter: DeadLetter): void;
  outcome(letter: DeadLetter, outcome: Outcome): void;
  ending(ending: Ending): void;
}
