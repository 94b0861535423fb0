import { FAILURES } from "../../packages/codes/src/index.ts";
import type { Alarm } from "./alarm.ts";
import { afterFailures, COUNT, counted, own, type Timing } from "./alarm-parts.ts";
import { NOT_DEAD_LETTERED } from "./log-metrics.ts";
import type { QueueTimes } from "./queue-times.ts";
import { bugRetriesText, retriesText } from "./retry-texts.ts";

/** The third failure comes after two retries, so a short disturbance triggers no alarm. */
const LASTING_FAILURES = 3;

/** An alarm on one code of the messages that failed. `functions/relay/metrics.ts` writes the metric. */
const failedWith = (id: string, code: keyof typeof FAILURES, retries: string, timing: Timing): Alarm => ({
  id,
  metric: own("MessagesFailed", { service: "relay", code }),
  ...COUNT,
  threshold: 0,
  ...timing,
  meaning: FAILURES[code].meaning,
  action: `${FAILURES[code].action}. ${retries}`,
  section: "codes",
});

export function failureAlarms(times: QueueTimes): readonly Alarm[] {
  const atOnce = afterFailures(1, times);
  const lasting = afterFailures(LASTING_FAILURES, times);
  const retries = retriesText(times);
  return [
    failedWith("PusherMisconfigured", "pusher_misconfigured", retries, atOnce),
    failedWith("PusherRateLimited", "pusher_rate_limited", retries, lasting),
    failedWith("PusherUnavailable", "pusher_unavailable", retries, lasting),
    failedWith("RelayOutOfTime", "deadline", retries, lasting),
    failedWith("InternalErrors", "internal_error", bugRetriesText(times), atOnce),
    {
      id: "NotDeadLettered",
      metric: counted(NOT_DEAD_LETTERED),
      ...COUNT,
      threshold: 0,
      ...lasting,
      meaning: "the dead-letter queue does not accept messages that the relay rejects; they remain in the queue",
      action: `look at \`dead_letter_error\` of the \`message_failed\` log records of the relay, which have the reason of each rejection too. ${retries}`,
      section: "failed-messages",
    },
  ];
}
