import type { WatchedSettings } from "../settings/alarms.ts";
import { dashboardBody } from "../settings/dashboard.ts";
import type { WatchedNames } from "./alarms.ts";

/** Creates one page with every metric; returns its address. */
export function createDashboard(names: WatchedNames, settings: WatchedSettings): $util.Output<string> {
  const { region } = aws.getRegionOutput();
  const dashboard = new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: $interpolate`${$app.name}-${$app.stage}-${region}`,
    dashboardBody: $resolve([$resolve(names), region] as const).apply(([resolved, where]) =>
      dashboardBody(resolved, where, settings),
    ),
  });
  return $interpolate`https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
}
