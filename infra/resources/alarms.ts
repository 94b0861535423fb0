import type { FunctionName } from "../../functions/manifest.ts";
import {
  type Alarm,
  alarmDescription,
  type TextOrName,
  type WatchedMetric,
  type WatchedResource,
} from "../settings/alarm.ts";
import { LOG_METRICS } from "../settings/log-metrics.ts";

export type WatchedNames = Readonly<Record<WatchedResource, $util.Input<string>>>;

/** Creates the alarms. All notify one topic. */
export function createAlarms(
  alarms: readonly Alarm[],
  names: WatchedNames,
  docsUrl: string | undefined,
): aws.sns.Topic {
  const topic = new aws.sns.Topic("Alarms", { name: `${$app.name}-${$app.stage}-alarms` });
  const textOf = (text: TextOrName) => (typeof text === "string" ? text : names[text.nameOf]);
  const dimensions = (metric: WatchedMetric) =>
    Object.fromEntries(Object.entries(metric.dimensions).map(([name, value]) => [name, textOf(value)]));
  for (const alarm of alarms)
    new aws.cloudwatch.MetricAlarm(alarm.id, {
      name: `${$app.name}-${$app.stage}-${alarm.id}`,
      alarmDescription: alarmDescription(alarm, docsUrl),
      namespace: textOf(alarm.metric.namespace),
      metricName: alarm.metric.name,
      dimensions: dimensions(alarm.metric),
      ...(alarm.statistic === "p99" ? { extendedStatistic: "p99" } : { statistic: alarm.statistic }),
      comparisonOperator: "GreaterThanThreshold",
      threshold: alarm.threshold,
      period: alarm.periodSeconds,
      datapointsToAlarm: alarm.periods,
      evaluationPeriods: alarm.ofPeriods,
      // AWS sends no data while a queue is empty and no function runs.
      treatMissingData: "notBreaching",
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  return topic;
}

/** Creates the metrics that count log records. */
export function createLogMetrics(logGroupOf: (name: FunctionName) => $util.Input<string>, namespace: string): void {
  for (const { id, name, functionName, pattern, value } of LOG_METRICS)
    new aws.cloudwatch.LogMetricFilter(id, {
      name,
      logGroupName: logGroupOf(functionName),
      pattern,
      metricTransformation: { namespace, name: id, value, unit: "Count" },
    });
}
