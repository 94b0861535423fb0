import { createGroup } from "./group.ts";
import { matching, withDefault } from "./setting.ts";

/** What the functions that write metrics read. */
export interface MetricsSettings {
  readonly metricsNamespace: string;
}

export const DEFAULT_METRICS_NAMESPACE = "RealtimeGateway";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const NAMESPACE = /^(?!AWS\/)[\w.\-/#]{1,255}$/;

const variables = {
  REALTIME_METRICS_NAMESPACE: withDefault(
    matching(NAMESPACE, "must be a CloudWatch namespace that does not begin with AWS/"),
    DEFAULT_METRICS_NAMESPACE,
  ),
};

export const metricsSettings = createGroup(
  variables,
  (env): MetricsSettings => ({ metricsNamespace: env.REALTIME_METRICS_NAMESPACE }),
);
