import { FUNCTIONS, type FunctionName, routesOf } from "../../functions/manifest.ts";
import type { StageSettings } from "../settings/stage.ts";
import type { GatewayFunction } from "./functions.ts";

/** Creates the HTTP API with the routes of the functions. */
export function createApi(
  functions: Readonly<Record<FunctionName, GatewayFunction>>,
  basePath: string,
  { requestsPerSecond, requestBurst, logDays }: StageSettings,
): sst.aws.ApiGatewayV2 {
  const api = new sst.aws.ApiGatewayV2("Api", {
    // The functions answer preflights: `docs/decisions/010-deployment.md`.
    cors: false,
    transform: {
      logGroup: { retentionInDays: logDays },
      stage: {
        defaultRouteSettings: { throttlingRateLimit: requestsPerSecond, throttlingBurstLimit: requestBurst },
      },
    },
  });
  // A route accepts any method, because the functions answer preflights and return 405 themselves.
  for (const { id, path, functionName } of routesOf(FUNCTIONS, basePath))
    api.route(`ANY ${path}`, functions[functionName].arn, { name: id });
  return api;
}
