import { alarmDescription, type Metric, type Watched } from "../settings/alarm.ts";
import { ALARMS, AUTH_DENIED } from "../settings/alarms.ts";

export type Names = Readonly<Record<Watched, $util.Input<string>>>;

/** Every alarm, told to one topic. */
export function createAlarms(names: Names, docsUrl: string | undefined): aws.sns.Topic {
  const topic = new aws.sns.Topic("Alarms", { name: `${$app.name}-${$app.stage}-alarms` });
  const named = (text: string | { readonly of: Watched }) => (typeof text === "string" ? text : names[text.of]);
  const dimensions = (metric: Metric) =>
    Object.fromEntries(Object.entries(metric.dimensions).map(([name, value]) => [name, named(value)]));
  for (const alarm of ALARMS)
    new aws.cloudwatch.MetricAlarm(alarm.id, {
      name: `${$app.name}-${$app.stage}-${alarm.id}`,
      alarmDescription: alarmDescription(alarm, docsUrl),
      namespace: named(alarm.metric.namespace),
      metricName: alarm.metric.name,
      dimensions: dimensions(alarm.metric),
      ...(alarm.statistic === "p99" ? { extendedStatistic: "p99" } : { statistic: alarm.statistic }),
      comparisonOperator: "GreaterThanThreshold",
      threshold: alarm.above,
      period: alarm.periodSeconds,
      datapointsToAlarm: alarm.periods,
      evaluationPeriods: alarm.of,
      // Nothing happened: no queue waits, no function runs.
      treatMissingData: "notBreaching",
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  return topic;
}

/** What auth refuses is counted from its log: `auth_denied` records, each for as many as were refused alike. */
export function createAuthDenialMetric(logGroupName: $util.Input<string>, namespace: string): void {
  new aws.cloudwatch.LogMetricFilter("AuthDenied", {
    name: "auth-denied",
    logGroupName,
    // Lambda's JSON log format puts what is logged under `message`.
    pattern: '{ $.message.message = "auth_denied" }',
    metricTransformation: { namespace, name: AUTH_DENIED.name, value: "$.message.count", unit: "Count" },
  });
}
