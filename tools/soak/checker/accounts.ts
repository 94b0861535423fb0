import type { Observations, SentEvent, Violation } from "./observations.ts";
import { isReplaced } from "./replaced.ts";
import { entry, type Sightings } from "./sightings.ts";

/** Where the events of a run ended, and L1. */
export interface Accounts {
  readonly published: number;
  readonly replaced: number;
  readonly expired: number;
  readonly deadLettered: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}

/** L1: each event is accounted for. */
export function accountsOf(observations: Observations, sightings: Sightings): Accounts {
  const codes = codesByMarker(observations);
  const ends = { published: 0, replaced: 0, expired: 0 };
  const deadLettered: Record<string, number> = {};
  const violations: Violation[] = misplacedLetters(observations);
  for (const event of observations.sent.values()) {
    const code = codes.get(event.marker)?.[0];
    const end = endOf(event, code, observations, sightings);
    if (end === "dead-lettered") deadLettered[String(code)] = (deadLettered[String(code)] ?? 0) + 1;
    else if (end !== undefined) ends[end] += 1;
    // What still waits in the queue is not lost.
    else if (observations.drained) violations.push({ law: "L1", detail: `lost: ${describe(event)}` });
  }
  return { ...ends, deadLettered, violations };
}

function endOf(event: SentEvent, code: string | undefined, observations: Observations, sightings: Sightings) {
  if (event.fate === "expired") return "expired";
  if (event.fate === "published") {
    if (event.channels.every((channel) => sightings.publishedAt(event.marker, channel).length > 0)) return "published";
    if (code === undefined) return isReplaced(event, observations, sightings) ? "replaced" : undefined;
  }
  return code === undefined ? undefined : "dead-lettered";
}

function codesByMarker({ letters }: Observations): ReadonlyMap<number, readonly string[]> {
  const codes = new Map<number, string[]>();
  for (const { marker, code } of letters)
    if (marker !== undefined && code !== undefined) entry(codes, marker, () => []).push(code);
  return codes;
}

/** Letters without a code, without an event, or with a code that is not their event's. */
const misplacedLetters = ({ letters, sent, refusals }: Observations): Violation[] =>
  letters.flatMap(({ marker, code }) => {
    const event = marker === undefined ? undefined : sent.get(marker);
    if (event === undefined) return { law: "L1", detail: `dead-lettered: code ${code}, of no event that was sent` };
    const expected = event.fate === "published" ? refusals && "rejected_by_pusher" : event.fate;
    return code === expected ? [] : { law: "L1", detail: `dead-lettered with code ${code}: ${describe(event)}` };
  });

export const describe = ({ marker, name, fate, channels, firstAt }: SentEvent): string =>
  `event ${marker} (${name}, ${fate}, for ${channels.join(" and ") || "nobody"}, sent as number ${firstAt})`;
