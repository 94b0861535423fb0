import { codeOf, type DeadLetter, eventOf } from "./dead-letter.ts";

/** Which dead letters an operator means; an empty list leaves nothing out. */
export interface Selection {
  readonly codes: readonly string[];
  readonly events: readonly string[];
  readonly id?: string;
}

export function matches({ codes, events, id }: Selection, letter: DeadLetter): boolean {
  return (
    (codes.length === 0 || codes.includes(codeOf(letter))) &&
    (events.length === 0 || events.includes(eventOf(letter))) &&
    (id === undefined || id === letter.id)
  );
}
