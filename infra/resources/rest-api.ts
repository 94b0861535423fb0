import { FUNCTIONS, routesOf } from "../../functions/manifest.ts";
import { accessLogTo } from "./access-log.ts";
import { domainOf, type FrontContext, type FrontResources } from "./front-context.ts";
import { protectByRate } from "./web-acl.ts";

/** Creates a REST API with the routes of the functions, and its web ACL. */
export function createRestApi({ functions, basePath, settings }: FrontContext): FrontResources {
  const domain = domainOf(settings);
  const api = new sst.aws.ApiGatewayV1("RestApi", {
    cors: false,
    // The web ACL of an edge-optimized API would have to be in us-east-1.
    endpoint: { type: "regional" },
    ...(domain && { domain }),
    transform: {
      accessLog: { retentionInDays: settings.logDays },
      stage: (args) => {
        args.accessLogSettings = accessLogTo(args.accessLogSettings, "rest-api");
      },
      domainName: { securityPolicy: "TLS_1_2" },
    },
  });
  for (const { id, path, functionName } of routesOf(FUNCTIONS, basePath))
    api.route(`ANY ${path}`, functions[functionName].arn, { name: id });
  api.deploy();
  const { stage, logGroup } = api.nodes;
  if (stage === undefined || logGroup === undefined) throw new Error("SST created no stage of the REST API");
  throttle(api.nodes.api.id, stage.stageName, settings);
  if (settings.rateRule) protectByRate(stage.arn, settings.rateRule, `${basePath}/webhook`);
  return {
    outputs: {
      // SST's address of the stage ends with a slash.
      api: $interpolate`${api.url.apply((url) => url.replace(/\/$/, ""))}${basePath}`,
      accessLogGroup: logGroup.name,
      ...(settings.domain?.certificateArn !== undefined && { cnameTarget: api.nodes.domainName.regionalDomainName }),
    },
    watchedApi: api.nodes.api.name,
  };
}

function throttle(
  restApi: $util.Input<string>,
  stageName: $util.Input<string>,
  { requestsPerSecond, requestBurst }: FrontContext["settings"],
): void {
  new aws.apigateway.MethodSettings("RestApiThrottle", {
    restApi,
    stageName,
    methodPath: "*/*",
    settings: {
      ...(requestsPerSecond && { throttlingRateLimit: requestsPerSecond }),
      ...(requestBurst && { throttlingBurstLimit: requestBurst }),
    },
  });
}
