import { printable } from "@realtime-gateway/command-line";
import type { EventFate, EventReport } from "../messages/event-report.ts";
import type { ChannelsCell } from "./channels-cell.ts";
import type { Row } from "./page.ts";
import type { Paint } from "./paint.ts";

interface FateStyle {
  readonly label: string;
  readonly colour: keyof Paint;
  /** Replaces the channels. */
  readonly text?: string;
}

const FATE_STYLES: Readonly<Record<EventFate, FateStyle>> = {
  published: { label: "published", colour: "green" },
  truncated: { label: "truncated", colour: "yellow" },
  replaced: { label: "replaced", colour: "yellow", text: "by a newer one" },
  duplicate: { label: "duplicate", colour: "yellow", text: "not published again" },
  expired: { label: "expired", colour: "yellow", text: "too old to publish" },
  withheld: { label: "withheld", colour: "yellow", text: "dry run" },
  rejected: { label: "rejected", colour: "red" },
  failed: { label: "failed", colour: "red", text: "SQS retries it later" },
  acknowledged: { label: "accepted", colour: "green" },
  missing: { label: "missing", colour: "red" },
};

export function eventRow(report: EventReport, cell: ChannelsCell): Row {
  const { event, fate, channels, bytes, ms, code, onPurpose } = report;
  const { label, colour, text } = FATE_STYLES[fate];
  const isDeaf = channels.length > 0 && channels.every(({ listeners }) => listeners === 0);
  return {
    event: event === undefined ? "(not an event)" : printable(event),
    fate: label,
    bytes,
    ms,
    rest: fate === "rejected" ? rejectedText(code, onPurpose) : (text ?? cell.textOf(channels)),
    colour: onPurpose ? "yellow" : colour,
    restColour: isDeaf ? "yellow" : "dim",
  };
}

/** The log record beside it has the code of the demo's broken message. */
const rejectedText = (code: string | undefined, onPurpose: true | undefined): string =>
  onPurpose ? "dead-lettered on purpose" : `dead-lettered: ${code ?? "no code"}`;
