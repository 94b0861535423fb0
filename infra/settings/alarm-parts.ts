import type { Alarm, WatchedMetric, WatchedResource } from "./alarm.ts";
import type { LogMetric } from "./log-metrics.ts";
import type { QueueTimes } from "./queue-times.ts";

const MINUTE_SECONDS = 60;

export const nameOf = (resource: WatchedResource) => ({ nameOf: resource }) as const;

export const lambda = (name: string, resource: WatchedResource): WatchedMetric => ({
  namespace: "AWS/Lambda",
  name,
  dimensions: { FunctionName: nameOf(resource) },
});

export const sqs = (name: string, resource: WatchedResource): WatchedMetric => ({
  namespace: "AWS/SQS",
  name,
  dimensions: { QueueName: nameOf(resource) },
});

/** A metric of the stage's own namespace. */
export const own = (name: string, dimensions: Readonly<Record<string, string>> = {}): WatchedMetric => ({
  namespace: nameOf("metricsNamespace"),
  name,
  dimensions,
});

export const counted = ({ id }: LogMetric): WatchedMetric => own(id);

/** One period above the threshold is enough. */
export const AT_ONCE = { periods: 1, ofPeriods: 1 } as const;
/** A short disturbance triggers no alarm. */
export const LASTING = { periods: 3, ofPeriods: 5 } as const;
export const COUNT = { statistic: "Sum", unit: "" } as const;
export const EACH_MINUTE = { periodSeconds: MINUTE_SECONDS } as const;
export const EACH_FIVE_MINUTES = { periodSeconds: 5 * MINUTE_SECONDS } as const;

export type Timing = Pick<Alarm, "periodSeconds" | "periods" | "ofPeriods">;

/**
 * A message fails once in each visibility timeout, so a quiet queue has minutes without a failure. The alarm triggers after
 * this many minutes with a failure. It ends when the messages stop to fail, and not between two failures.
 */
export const afterFailures = (failures: number, { failureIntervalSeconds }: QueueTimes): Timing => ({
  ...EACH_MINUTE,
  periods: failures,
  ofPeriods: failures * Math.ceil(failureIntervalSeconds / MINUTE_SECONDS),
});
