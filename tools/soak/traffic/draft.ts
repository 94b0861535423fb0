import { entityOf, expectedChannels } from "../checker/contract.ts";
import type { SentEvent } from "../checker/observations.ts";
import { type Stamp, wrap } from "./envelopes.ts";

/** An event before it is sent. */
export interface Draft extends Pick<SentEvent, "name" | "fate" | "channels" | "entity"> {
  /** The message group on a FIFO queue. */
  readonly group: string;
  /** The source text of the payload; `undefined` for a message without a sound one. */
  payload(marker: number): string | undefined;
  /** The body of the message. */
  write(stamp: Stamp): string;
}

type Data = Readonly<Record<string, unknown>>;

/** The field with the marker. It is a number, so that it survives truncation (contract, section 5). */
export const MARKER_FIELD = "soak_marker";

/** Finds the marker in any text: a body, a wrapped body, a published payload. */
export function markerIn(text: string): number | undefined {
  const digits = MARKER_PATTERN.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
const MARKER_PATTERN = new RegExp(`${MARKER_FIELD}[\\\\"]*:(\\d+)`);

export const marked = (marker: number, data: Data): string => JSON.stringify({ [MARKER_FIELD]: marker, ...data });

/** Members that a JSON parser and writer would spell in another way. The relay publishes the text byte for byte. */
const ODD_SPELLING = String.raw`,"ratio":1.50,"total_ms":12345678901234567890,"note":"\u00e9t\u00e9 \/ é" , "none":null}`;
const ODD_SPELLING_EVERY = 7;

const asWritten = (json: string): string => json;

export function valid(name: string, group: string, data: Data, spell = asWritten): Draft {
  const payload = (marker: number): string => {
    const json = spell(marked(marker, data));
    return marker % ODD_SPELLING_EVERY === 0 ? json.slice(0, -1) + ODD_SPELLING : json;
  };
  return {
    name,
    group,
    fate: "published",
    channels: expectedChannels(name, data),
    entity: entityOf(name, data),
    payload,
    write: (stamp) => wrap(name, payload(stamp.marker), stamp),
  };
}

/** The same event, too old to be published. The traffic sets its time. */
export const expired = (draft: Draft): Draft => ({ ...draft, fate: "expired", channels: [], entity: undefined });
