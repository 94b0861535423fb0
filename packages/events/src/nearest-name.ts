import { eventNames, families, familyOf } from "./catalog.ts";

const NAME_OR_ID = /^[\w.:/-]{1,100}$/;

/** A name or an id of the producer, if it looks like one. Anything else may be a text, which must not reach a log. */
export const safeToLog = (nameOrId: string | undefined): string | undefined =>
  nameOrId !== undefined && NAME_OR_ID.test(nameOrId) ? nameOrId : undefined;

/** The listed name that a misspelt name probably means: about a quarter of the characters behind its family's prefix differ. */
export function nearestName(name: string): string | undefined {
  if (safeToLog(name) === undefined) return undefined;
  const prefix = familyOf(name)?.match ?? "";
  let best: string | undefined;
  let least = Math.ceil((name.length - prefix.length) / 4) + 1;
  for (const listed of eventNames) {
    const distance = editDistance(name.toLowerCase(), listed);
    if (distance < least) [best, least] = [listed, distance];
  }
  return best;
}

/** Names the families and the nearest listed name, for a name that belongs to no family. */
export function unknownNameDetail(name: string): string {
  const subject = safeToLog(name) === undefined ? "the event's name" : `"${name}"`;
  const known = families.map(({ match }) => (match.endsWith(".") ? `${match}*` : match)).join(", ");
  const nearest = nearestName(name);
  return `${subject} belongs to no family (${known})${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
}

/** Levenshtein's distance: insertions, deletions and replacements of one character. */
function editDistance(a: string, b: string): number {
  let row = [...b, ""].map((_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (char === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
