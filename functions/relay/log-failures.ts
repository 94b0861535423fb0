import type { Log } from "../log.ts";
import type { Outcome } from "./outcome.ts";

const CHECK =
  "PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER (or PUSHER_HOST); in Pusher's dashboard, whether the app is disabled or over its quota";

/** Codes whose records have a line of their own already. */
const SAID: ReadonlySet<string> = new Set([
  "invalid_json",
  "unknown_envelope",
  "unknown_event",
  "invalid_event",
  "rejected_by_pusher",
  "internal_error",
]);

/** One line for each reason, not for each record: an outage concerns them all. */
export function logFailures(outcomes: readonly Outcome[], log: Log): void {
  const counts = new Map<string, { code: string; detail: string; messages: number }>();
  for (const outcome of outcomes) {
    if (outcome.kind !== "failed" || SAID.has(outcome.code)) continue;
    const { code, detail } = outcome;
    const line = counts.get(`${code} ${detail}`) ?? { code, detail, messages: 0 };
    line.messages += 1;
    counts.set(`${code} ${detail}`, line);
  }
  for (const line of counts.values()) {
    if (line.code === "pusher_misconfigured") log.error("pusher_misconfigured", { ...line, check: CHECK });
    else log.warn("messages_kept", line);
  }
}
