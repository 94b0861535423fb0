import * as z from "zod/mini";
import type { Deployed } from "./deployed.ts";

const Metric = z.object({
  namespace: z.string(),
  metricName: z.string(),
  dimensions: z.record(z.string(), z.string()),
});
const Queries = z.object({ metricQueries: z.array(z.object({ metric: z.optional(Metric) })) });

/** The metric of an alarm, or all metrics of its sum. */
export function watchedBy(inputs: unknown): readonly z.infer<typeof Metric>[] {
  const sum = Queries.safeParse(inputs);
  return sum.success ? sum.data.metricQueries.flatMap(({ metric }) => metric ?? []) : [Metric.parse(inputs)];
}

/** `namespace metric dimension=value …`, with the dimensions sorted by name. */
export const metricKey = ({ namespace, metricName, dimensions }: z.infer<typeof Metric>): string =>
  [
    namespace,
    metricName,
    ...Object.entries(dimensions)
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
  ].join(" ");

const Dashboard = z.object({
  widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.array(z.unknown())) }) })),
});

/** The keys of all metrics on the stage's dashboard. */
export function dashboardMetrics(stage: Deployed): readonly string[] {
  const { dashboardBody } = stage.one("aws:cloudwatch/dashboard:Dashboard", "Dashboard").inputs;
  const rows = Dashboard.parse(JSON.parse(String(dashboardBody))).widgets.flatMap((w) => w.properties.metrics);
  return rows.map((row) => {
    // Options for the display follow the dimensions.
    const [namespace = "", metricName = "", ...rest] = row.filter((cell) => typeof cell === "string");
    const pairs = rest.flatMap((name, index) => (index % 2 === 0 ? [[name, rest[index + 1] ?? ""]] : []));
    return metricKey({ namespace, metricName, dimensions: Object.fromEntries(pairs) });
  });
}

/** The parts of CloudWatch's embedded metric format that these tests read. */
const Emf = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** The keys of all metrics in a log record. */
export function measured(record: unknown): readonly string[] {
  const emf = Emf.safeParse(record);
  if (!emf.success) return [];
  const { _aws, ...values } = emf.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(values[name])]));
      return Metrics.map(({ Name: metricName }) => metricKey({ namespace, metricName, dimensions }));
    }),
  );
}
