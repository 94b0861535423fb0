import { FUNCTIONS, routesOf } from "../../functions/manifest.ts";
import { accessLogTo } from "./access-log.ts";
import { domainOf, type FrontContext, type FrontResources } from "./front-context.ts";

/** Creates the HTTP API with the routes of the functions. */
export function createHttpApi({ functions, basePath, settings }: FrontContext): FrontResources {
  const domain = domainOf(settings);
  const { requestsPerSecond, requestBurst } = settings;
  const api = new sst.aws.ApiGatewayV2("Api", {
    // The functions answer preflights: `docs/decisions/010-deployment.md`.
    cors: false,
    ...(domain && { domain }),
    transform: {
      logGroup: { retentionInDays: settings.logDays },
      stage: (args) => {
        args.defaultRouteSettings = {
          ...(requestsPerSecond && { throttlingRateLimit: requestsPerSecond }),
          ...(requestBurst && { throttlingBurstLimit: requestBurst }),
        };
        args.accessLogSettings = accessLogTo(args.accessLogSettings, "http-api");
      },
    },
  });
  // A route accepts any method, because the functions answer preflights and return 405 themselves.
  for (const { id, path, functionName } of routesOf(FUNCTIONS, basePath))
    api.route(`ANY ${path}`, functions[functionName].arn, { name: id });
  return {
    outputs: {
      api: $interpolate`${api.url}${basePath}`,
      accessLogGroup: api.nodes.logGroup.name,
      ...(settings.domain?.certificateArn !== undefined && {
        cnameTarget: api.nodes.domainName.domainNameConfiguration.targetDomainName,
      }),
    },
    watchedApi: api.nodes.api.id,
  };
}
