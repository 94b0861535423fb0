import { cloudEvent } from "./stack.ts";

/** A queue message with a label, by which a test finds it in every place. */
export interface Labelled {
  readonly label: string;
  readonly body: string;
  /** The message group on a FIFO queue. */
  readonly group: string;
}

/** A part of every payload. A log that contains it contains a payload. */
export const PAYLOAD_TEXT = "what-only-viewers-may-read";

/** Events of one audit: `a1`, `a2`, … on `private-audit-a`. On a FIFO queue they are the group `a`. */
export const eventsOf = (audit_id: string, count: number): readonly Labelled[] =>
  series("audit.probed", audit_id, count, { audit_id });

/** The same on two channels: `private-fiche-a` too. Five of them fill a call to Pusher. */
export const twoChannelEventsOf = (id: string, count: number): readonly Labelled[] =>
  series("audit.probed", id, count, { audit_id: id, fiche_id: id });

/** Latest-wins events: within an invocation a newer one replaces an older one. */
export const progressOf = (audit_id: string, count: number): readonly Labelled[] =>
  series("audit.progress", audit_id, count, { audit_id });

const series = (type: string, group: string, count: number, ids: object): readonly Labelled[] =>
  labels(group, 1, count).map((label) => ({
    label,
    group,
    body: cloudEvent(type, { ...ids, label, text: PAYLOAD_TEXT }),
  }));

/** A message that is not an event. */
export const poison = (label: string, group = label): Labelled => ({ label, group, body: `${label}: ${PAYLOAD_TEXT}` });

export const labels = (audit: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${audit}${from + index}`);

/** The label of a published payload. */
export function labelOf(data: string): string {
  const payload: unknown = JSON.parse(data);
  const label = typeof payload === "object" && payload !== null && "label" in payload ? payload.label : undefined;
  if (typeof label !== "string") throw new Error("the relay published a payload that no test has sent");
  return label;
}
