import { FUNCTIONS } from "../../functions/manifest.ts";
import type { Alarm } from "./alarm.ts";
import { EACH_FIVE_MINUTES, LASTING, lambda } from "./alarm-parts.ts";
import { failureAlarms } from "./failure-alarms.ts";
import { httpAlarms } from "./http-alarms.ts";
import { invocationAlarms, queueAlarms, quietGroupsAlarm } from "./queue-alarms.ts";
import type { QueueTimes } from "./queue-times.ts";
import type { StageSettings } from "./stage.ts";

/** An invocation without retries takes about a hundredth of the timeout. */
const SLOW_RELAY_MS = FUNCTIONS.relay.timeoutSeconds * 1000 * 0.7;

const relaySlow: Alarm = {
  id: "RelaySlow",
  metric: lambda("Duration", "relay"),
  statistic: "p99",
  unit: "ms",
  threshold: SLOW_RELAY_MS,
  ...EACH_FIVE_MINUTES,
  ...LASTING,
  meaning: "the slowest invocations come close to the relay's timeout",
  action:
    "look at `ms`, `retries` and `pusher_calls` of the `relay_batch` log records: Pusher is slow, or the batches are too large",
  section: "one-invocation-one-log-record",
};

/** The settings that decide about alarms and the dashboard. */
export type WatchedSettings = Pick<StageSettings, "front" | "fifo">;

const DEFAULTS: WatchedSettings = { front: "http-api", fifo: false };

/** Every alarm of a stage, in the order of the table in `docs/deploy.md`. */
export const alarmsOf = (times: QueueTimes, { front, fifo }: WatchedSettings = DEFAULTS): readonly Alarm[] => [
  ...queueAlarms(times),
  // AWS publishes the metric for standard queues only.
  ...(fifo ? [] : [quietGroupsAlarm]),
  ...invocationAlarms(times),
  ...failureAlarms(times),
  relaySlow,
  ...httpAlarms(front),
];
