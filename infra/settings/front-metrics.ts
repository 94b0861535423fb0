import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from "../../functions/manifest.ts";
import type { WatchedResource } from "./alarm.ts";
import type { FrontKind } from "./front.ts";

/** A metric that AWS writes for a front. Its dimensions are names of watched resources. */
export interface FrontMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, WatchedResource>>;
}

interface ApiMetrics {
  readonly requests: FrontMetrics;
  readonly clientErrors: FrontMetrics;
  readonly serverErrors: FrontMetrics;
}

/** One metric of an API, or one of each function. */
export type FrontMetrics = readonly [FrontMetric, ...FrontMetric[]];

/** The metrics of each front; several where each function has its own. */
export function apiMetrics(front: FrontKind): ApiMetrics {
  if (front === "http-api") return ofApi("ApiId", "4xx", "5xx");
  if (front === "rest-api") return ofApi("ApiName", "4XXError", "5XXError");
  return {
    requests: ofUrls("UrlRequestCount"),
    clientErrors: ofUrls("Url4xxCount"),
    serverErrors: ofUrls("Url5xxCount"),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
function ofApi(dimension: string, clientErrors: string, serverErrors: string): ApiMetrics {
  const metric = (name: string): FrontMetrics => [
    { namespace: "AWS/ApiGateway", name, dimensions: { [dimension]: "api" } },
  ];
  return { requests: metric("Count"), clientErrors: metric(clientErrors), serverErrors: metric(serverErrors) };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
function ofUrls(name: string): FrontMetrics {
  const ofFunction = (functionName: FunctionName): FrontMetric => ({
    namespace: "AWS/Lambda",
    name,
    dimensions: { FunctionName: functionName },
  });
  const others = FUNCTION_NAMES.filter((other) => other !== "auth" && FUNCTIONS[other].trigger === "http");
  return [ofFunction("auth"), ...others.map(ofFunction)];
}
