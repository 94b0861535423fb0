import * as z from "zod/mini";
import { createGroup } from "./group.ts";
import { matching, settingDocs } from "./setting.ts";

/** What the functions that write metrics read. */
export interface MetricsSettings {
  readonly metricsNamespace: string;
}

const DEFAULT_NAMESPACE = "RealtimeGateway";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const NAMESPACE = /^(?!AWS\/)[\w.\-/#]{1,255}$/;

const variables = z.object({
  REALTIME_METRICS_NAMESPACE: z
    ._default(matching(NAMESPACE, "must be a CloudWatch namespace that does not begin with AWS/"), DEFAULT_NAMESPACE)
    .register(settingDocs, {
      meaning: "where the metrics are in CloudWatch; a stage that has its own is not added up with others",
      fallback: `\`${DEFAULT_NAMESPACE}\``,
    }),
});

export const metricsSettings = createGroup(
  variables,
  (env): MetricsSettings => ({ metricsNamespace: env.REALTIME_METRICS_NAMESPACE }),
);
