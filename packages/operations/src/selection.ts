import { codeOf, type DeadLetter, eventOf } from "./dead-letter.ts";

/** The filter of a command. An empty list matches everything. */
export interface Selection {
  readonly codes: readonly string[];
  readonly events: readonly string[];
  readonly id?: string;
}

export function matches({ codes, events, id }: Selection, deadLetter: DeadLetter): boolean {
  return (
    (codes.length === 0 || codes.includes(codeOf(deadLetter))) &&
    (events.length === 0 || events.includes(eventOf(deadLetter))) &&
    (id === undefined || id === deadLetter.id)
  );
}
