import { expectedChannels } from "../checker/expected-channels.ts";
import type { SentEvent } from "../checker/observations.ts";
import { wrap } from "./envelopes.ts";

/** What only the moment of sending decides. */
export interface Stamp {
  readonly marker: number;
  /** CloudEvents' `id`. */
  readonly id: string;
  readonly timeMs: number | undefined;
  /** 0 to 7: which of the envelopes. */
  readonly form: number;
}

/** An event that is about to be sent. */
export interface Draft extends Pick<SentEvent, "name" | "fate" | "channels"> {
  /** Whose events stay in order on a FIFO queue. */
  readonly group: string;
  write(stamp: Stamp): string;
}

type Data = Readonly<Record<string, unknown>>;

/** The field that carries the marker. A number, so that it survives truncation (contract, section 5). */
export const MARKER_FIELD = "soak_marker";

/** Finds the marker in whatever text it got into: a body, a wrapped one, what was published. */
export function markerIn(text: string): number | undefined {
  const digits = MARKER_PATTERN.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
const MARKER_PATTERN = new RegExp(`${MARKER_FIELD}[\\\\"]*:(\\d+)`);

export const marked = (marker: number, data: Data): string => JSON.stringify({ [MARKER_FIELD]: marker, ...data });

export const valid = (name: string, group: string, data: Data): Draft => ({
  name,
  group,
  fate: "published",
  channels: expectedChannels(name, data),
  write: (stamp) => wrap(name, marked(stamp.marker, data), stamp),
});

/** Nobody wants it any more: its time is set by the traffic. */
export const expired = (draft: Draft): Draft => ({ ...draft, fate: "expired", channels: [] });
