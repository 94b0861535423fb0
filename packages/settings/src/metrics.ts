import { createGroup } from "./group.ts";
import { matching, withDefault } from "./setting.ts";
import type { DocsOf } from "./setting-doc.ts";

/** The settings of every function that writes metrics. */
export interface MetricsSettings {
  readonly metricsNamespace: string;
}

const DEFAULT_METRICS_NAMESPACE = "RealtimeGateway";

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

export const metricsDocs = (): DocsOf<typeof variables> => ({
  REALTIME_METRICS_NAMESPACE: {
    meaning: "the CloudWatch namespace of the metrics; give each stage its own, so that their counts do not mix",
    fallback: `\`${DEFAULT_METRICS_NAMESPACE}\``,
  },
});
