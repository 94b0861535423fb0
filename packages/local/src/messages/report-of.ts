import { eventState } from "../control/event-state.ts";
import type { JournalEntry } from "../control/journal-entry.ts";
import type { EventStatus } from "../control/types.ts";
import type { EventFate, EventReport, ReportedChannel } from "./event-report.ts";

const FATE_OF: Readonly<Record<EventStatus, EventFate>> = {
  waiting: "acknowledged",
  accepted: "acknowledged",
  published: "published",
  replaced: "replaced",
  duplicate: "duplicate",
  expired: "expired",
  "dry-run": "withheld",
  failed: "failed",
  "dead-lettered": "rejected",
};

/** The line of the output for an event that the relay is done with. */
export function reportOf(entry: JournalEntry): EventReport {
  const { from, event, status, flags, id, messageId, bytes, ms, code } = eventState(entry);
  const isPublished = status === "published";
  return {
    from,
    event,
    fate: isPublished && flags.includes("truncated") ? "truncated" : FATE_OF[status],
    channels: publishedOn(entry),
    ...(from === "queue" && { id, messageId }),
    ...(isPublished && { bytes }),
    ...(isPublished && from === "queue" && { ms }),
    ...(status === "dead-lettered" && { code }),
  };
}

/** Each channel once. A retry may publish on a channel again. */
function publishedOn({ publications }: JournalEntry): readonly ReportedChannel[] {
  const listeners = new Map(publications.map(({ channel, subscribers }) => [channel, subscribers]));
  return [...listeners].map(([name, count]) => ({ name, listeners: count }));
}
