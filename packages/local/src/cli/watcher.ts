import type { PusherServer } from "@realtime-gateway/pusher-server";
import type { EverySetting } from "@realtime-gateway/settings";
import type { Console, FunctionLog, RunSummary } from "../console/console.ts";
import { createMessageWatch, type MessageWatch } from "../messages/message-watch.ts";
import type { StartOptions } from "./start-arguments.ts";

/** Watches the messages of one run, and reports those that are not the demo's to the console. */
export interface Watcher {
  readonly watch: MessageWatch;
  readonly ownEvents: RunSummary["ownEvents"];
  onDemoBody(body: string): void;
  onLog(log: FunctionLog): void;
  observe(server: PusherServer): void;
  /** Reports the messages whose logs are still awaited. */
  flush(): void;
}

/** The functions' logs come through a pipe, a little after their answers. */
const LOG_DELAY_MS = 50;

export function createWatcher(
  { pusher }: Pick<StartOptions, "pusher">,
  settings: EverySetting,
  console: Console,
): Watcher {
  const demoBodies = new Set<string>();
  const ownEvents: Record<string, number> = {};
  let server: PusherServer | undefined;
  const reportsDue = new Set<() => void>();
  function report(work: () => void): void {
    if (reportsDue.delete(work)) work();
  }
  const watch = createMessageWatch({
    settings,
    listenersOf: pusher === "local" ? (channel) => server?.listenersOf(channel) ?? 0 : undefined,
    nowMs: Date.now,
    afterLogs(work) {
      reportsDue.add(work);
      setTimeout(() => report(work), LOG_DELAY_MS).unref();
    },
    isReportedElsewhere: (body) => demoBodies.has(body),
    onEvent(report) {
      ownEvents[report.fate] = (ownEvents[report.fate] ?? 0) + 1;
      console.event(report);
    },
  });
  return {
    watch,
    ownEvents,
    onDemoBody: (body) => void demoBodies.add(body),
    onLog({ message }) {
      const { message: name, message_id: id, code } = Object(message);
      if (name === "message_dead_lettered") watch.deadLettered(String(id), String(code));
    },
    flush: () => [...reportsDue].forEach(report),
    observe(started) {
      server = started;
      started.onPublish(watch.published);
    },
  };
}
