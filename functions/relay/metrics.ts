import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Summary } from "./report.ts";

/** Publishes the figures of an invocation. */
export type EmitMetrics = (summary: Summary) => void;

/** CloudWatch's embedded metric format: one line on standard output, and no network call. */
export function createEmitMetrics(namespace: string): EmitMetrics {
  const metrics = new Metrics({ namespace, serviceName: "relay" });
  const countByCode = (name: string, counts: Readonly<Record<string, number>>): void => {
    for (const [code, count] of Object.entries(counts))
      metrics.singleMetric().addDimension("code", code).addMetric(name, MetricUnit.Count, count);
  };
  return (summary) => {
    metrics.addMetric("MessagesReceived", MetricUnit.Count, summary.received);
    metrics.addMetric("EventsPublished", MetricUnit.Count, summary.published);
    metrics.addMetric("EventsConflated", MetricUnit.Count, summary.conflated);
    metrics.addMetric("EventsDuplicate", MetricUnit.Count, summary.duplicate);
    metrics.addMetric("EventsExpired", MetricUnit.Count, summary.expired);
    metrics.addMetric("PayloadsTruncated", MetricUnit.Count, summary.truncated);
    metrics.addMetric("PayloadsDrifted", MetricUnit.Count, summary.drifted);
    metrics.addMetric("PusherCalls", MetricUnit.Count, summary.pusher_calls);
    metrics.addMetric("PusherRetries", MetricUnit.Count, summary.retries);
    metrics.addMetric("InvocationTime", MetricUnit.Milliseconds, summary.ms);
    metrics.publishStoredMetrics();
    countByCode("MessagesDeadLettered", summary.rejected);
    countByCode("MessagesFailed", summary.failed);
  };
}
