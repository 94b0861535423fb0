import { dashboardBody } from "../settings/dashboard.ts";
import type { WatchedNames } from "./alarms.ts";

/** Creates one page with every metric; returns its address. */
export function createDashboard(names: WatchedNames): $util.Output<string> {
  const { region } = aws.getRegionOutput();
  const dashboard = new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: `${$app.name}-${$app.stage}`,
    dashboardBody: $resolve([$resolve(names), region] as const).apply(([resolved, where]) =>
      dashboardBody(resolved, where),
    ),
  });
  return $interpolate`https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
}
