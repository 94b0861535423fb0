import { dashboardBody } from "../settings/dashboard.ts";
import type { Names } from "./alarms.ts";

/** One page with every figure; answers its address. */
export function createDashboard(names: Names): $util.Output<string> {
  const { region } = aws.getRegionOutput();
  const dashboard = new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: `${$app.name}-${$app.stage}`,
    dashboardBody: $resolve([$resolve(names), region] as const).apply(([known, where]) => dashboardBody(known, where)),
  });
  return $interpolate`https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
}
