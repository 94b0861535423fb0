/**
 * The format of the API's access log. SST's own puts each text in quotes twice, so that a search for `/auth` finds nothing.
 * API Gateway writes `-` for a value that it does not have, so the numbers are texts too. Both kinds of APIs have the same
 * fields.
 */
const fields = (routeKey: string) => ({
  requestTime: "$context.requestTime",
  requestId: "$context.requestId",
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  routeKey,
  status: "$context.status",
  responseLatency: "$context.responseLatency",
  integrationRequestId: "$context.integration.requestId",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
  integrationServiceStatus: "$context.integration.integrationStatus",
  ip: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
});

const ROUTE_KEYS = { "http-api": "$context.routeKey", "rest-api": "$context.resourcePath" };

type LogSettings = $util.Input<{ destinationArn: $util.Input<string> }>;

/** Writes the log to the group that SST created, in this format. */
export const accessLogTo = (settings: LogSettings | undefined, front: keyof typeof ROUTE_KEYS) =>
  $output(settings).apply((known) => ({
    destinationArn: known?.destinationArn ?? "",
    format: JSON.stringify(fields(ROUTE_KEYS[front])),
  }));
