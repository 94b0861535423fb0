import type { RunSummary } from "../console/console.ts";
import type { Journal } from "../control/journal.ts";
import type { JournalEntry } from "../control/journal-entry.ts";
import type { EventReport } from "../messages/event-report.ts";
import { reportOf } from "../messages/report-of.ts";

/** Reports the events of one run that are not the demo's to the console. */
export interface Watcher {
  readonly ownEvents: RunSummary["ownEvents"];
  onDemoBody(body: string): void;
  observe(journal: Journal): void;
  /** The ids of the newest message with this body, once the relay has it. */
  idsOf(body: string): Pick<EventReport, "id" | "messageId">;
  /** Reports the messages whose logs did not come before the stop. */
  flush(): void;
}

export function createWatcher(onEvent: (report: EventReport) => void): Watcher {
  const demoBodies = new Set<string>();
  const ownEvents: Record<string, number> = {};
  const unsettled = new Set<JournalEntry>();
  let observed: Journal | undefined;

  function report(entry: JournalEntry): void {
    unsettled.delete(entry);
    if (entry.from === "queue" && demoBodies.has(entry.body)) return;
    const event = reportOf(entry);
    ownEvents[event.fate] = (ownEvents[event.fate] ?? 0) + 1;
    onEvent(event);
  }

  return {
    ownEvents,
    onDemoBody: (body) => void demoBodies.add(body),
    observe(journal) {
      observed = journal;
      journal.listen({
        changed(entry) {
          if (entry.isInRelay) unsettled.add(entry);
        },
        settled: report,
        published(entry) {
          if (entry.from === "http") report(entry);
        },
        cleared: () => unsettled.clear(),
      });
    },
    idsOf(body) {
      const entry = observed?.entries.findLast((each) => each.body === body);
      return entry === undefined ? {} : { id: entry.reading.id, messageId: entry.key };
    },
    flush() {
      for (const entry of unsettled) if (!entry.isInRelay) report(entry);
    },
  };
}
