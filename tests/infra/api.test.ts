import { describe, expect, it } from "vitest";
import { BASE_PATH } from "../../functions/manifest.ts";
import { httpRoutes } from "../support/http-routes.ts";
import { arnOf, deployed, FUNCTION, LOG_GROUP } from "./deployed.ts";

const ROUTE = "aws:apigatewayv2/route:Route";
const INTEGRATION = "aws:apigatewayv2/integration:Integration";
const PERMISSION = "aws:lambda/permission:Permission";

describe.each(["ci", "production", "other"] as const)("the HTTP API of %s", (name) => {
  const stage = deployed(name);
  const production = name === "production";
  /** The stage `other` sets `REALTIME_BASE_PATH`. */
  const base = name === "other" ? "/realtime" : BASE_PATH;

  it.each([
    ["/auth", "Auth"],
    ["/user-auth", "Auth"],
    ["/health", "Auth"],
    ["/test", "TestEvent"],
    ["/webhook", "Webhook"],
  ])("routes %s, below the base path, to %s", (path, logical) => {
    const route = stage.all(ROUTE).find(({ inputs }) => inputs.routeKey === `ANY ${base}${path}`);
    const integration = stage.all(INTEGRATION).find(({ name: of }) => route?.inputs.target === `integrations/${of}-id`);
    const fn = arnOf(stage.one(FUNCTION, `${logical}Function`));
    expect(integration?.inputs).toMatchObject({
      integrationType: "AWS_PROXY",
      integrationUri: fn,
      payloadFormatVersion: "2.0",
    });
    const permissions = stage.all(PERMISSION).filter(({ inputs }) => inputs.function === fn);
    expect(permissions.map(({ inputs }) => inputs)).toContainEqual({
      action: "lambda:InvokeFunction",
      function: fn,
      principal: "apigateway.amazonaws.com",
      sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:api-id/*",
    });
  });

  it("has exactly the routes of the functions", () => {
    const keys = stage.all(ROUTE).map(({ inputs }) => String(inputs.routeKey).replace(/^ANY /, ""));
    expect(keys.toSorted()).toEqual([...new Set(httpRoutes().map(({ path }) => path.replace(BASE_PATH, base)))].sort());
    expect(stage.all(PERMISSION)).toHaveLength(keys.length);
  });

  it("throttles requests", () => {
    const { inputs } = stage.one("aws:apigatewayv2/stage:Stage", "ApiStage");
    expect(inputs.defaultRouteSettings).toEqual(
      production
        ? { throttlingRateLimit: 200, throttlingBurstLimit: 400 }
        : { throttlingRateLimit: 20, throttlingBurstLimit: 100 },
    );
  });

  it("has no CORS configuration, because the functions answer preflights", () => {
    expect(stage.one("aws:apigatewayv2/api:Api", "ApiApi").inputs).toMatchObject({
      protocolType: "HTTP",
      corsConfiguration: {},
    });
  });

  it("logs each request without its headers and body, and deletes old logs", () => {
    const group = stage.one(LOG_GROUP, "ApiAccessLog");
    expect(group.inputs.retentionInDays).toBe(production ? 90 : 7);
    const { accessLogSettings } = stage.one("aws:apigatewayv2/stage:Stage", "ApiStage").inputs;
    expect(accessLogSettings).toMatchObject({ destinationArn: arnOf(group) });
    expect(stage.synthesis.outputs.accessLogGroup).toBe(group.inputs.name);
    expect(JSON.stringify(accessLogSettings)).not.toMatch(/header|authorization|body|querystring/i);
  });
});
