import type { FunctionName } from "../../functions/manifest.ts";
import {
  type Alarm,
  alarmDescription,
  type TextOrName,
  type WatchedMetric,
  type WatchedResource,
} from "../settings/alarm.ts";
import { LOG_METRICS } from "../settings/log-metrics.ts";
import type { StageSettings } from "../settings/stage.ts";

export type WatchedNames = Readonly<Record<WatchedResource, $util.Input<string>>>;

/** Creates the alarms. All notify one topic. */
export function createAlarms(
  alarms: readonly Alarm[],
  names: WatchedNames,
  { docsUrl, alarmsKeyArn }: StageSettings,
): aws.sns.Topic {
  const topic = new aws.sns.Topic("Alarms", {
    name: `${$app.name}-${$app.stage}-alarms`,
    ...(alarmsKeyArn !== undefined && { kmsMasterKeyId: alarmsKeyArn }),
  });
  for (const alarm of alarms)
    new aws.cloudwatch.MetricAlarm(alarm.id, {
      name: `${$app.name}-${$app.stage}-${alarm.id}`,
      alarmDescription: alarmDescription(alarm, docsUrl),
      ...measuredBy(alarm, names),
      comparisonOperator: "GreaterThanThreshold",
      threshold: alarm.threshold,
      datapointsToAlarm: alarm.periods,
      evaluationPeriods: alarm.ofPeriods,
      // AWS sends no data while a queue is empty and no function runs.
      treatMissingData: alarm.keepsState ? "ignore" : "notBreaching",
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  return topic;
}

/** The metric of an alarm, or the sum of its metrics. */
function measuredBy(alarm: Alarm, names: WatchedNames) {
  const { metric, plus, periodSeconds: period, statistic } = alarm;
  if (plus === undefined)
    return {
      ...metricIn(metric, names),
      period,
      ...(statistic === "p99" ? { extendedStatistic: statistic } : { statistic }),
    };
  const queries = [metric, ...plus].map((each, index) => ({
    id: `m${index}`,
    metric: { ...metricIn(each, names), period, stat: statistic },
  }));
  // A sum has no value while one of its metrics has none.
  const terms = queries.map(({ id }) => (alarm.keepsState ? id : `FILL(${id}, 0)`));
  const sum = { id: "sum", expression: terms.join(" + "), label: alarm.id, returnData: true };
  return { metricQueries: [sum, ...queries] };
}

function metricIn({ namespace, name, dimensions }: WatchedMetric, names: WatchedNames) {
  const textOf = (text: TextOrName) => (typeof text === "string" ? text : names[text.nameOf]);
  return {
    namespace: textOf(namespace),
    metricName: name,
    dimensions: Object.fromEntries(Object.entries(dimensions).map(([key, value]) => [key, textOf(value)])),
  };
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
