import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { FUNCTION_NAMES, FUNCTIONS } from "../../functions/manifest.ts";
import { logicalName } from "../../infra/settings/logical-name.ts";
import { httpRoutes } from "../support/http-routes.ts";
import { arnOf, deployed, FUNCTION, LOG_GROUP } from "./deployed.ts";
import { faultsWith, planWith } from "./plan.ts";
import { CERTIFICATE, STAGES } from "./stages.ts";

const RECORD = "aws:route53/record:Record";
const LOGGED = { accessLogSettings: z.object({ format: z.string() }) };
const DOMAIN = "realtime.example.com";

describe("a domain whose DNS the operator keeps", () => {
  const stage = deployed("producers");

  it("uses the given certificate and creates no DNS record", () => {
    const { inputs } = stage.one("aws:apigatewayv2/domainName:DomainName", "ApiDomainName");
    expect(inputs).toMatchObject({
      domainName: DOMAIN,
      domainNameConfiguration: { certificateArn: CERTIFICATE, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
    });
    expect([...stage.all(RECORD), ...stage.all("aws:acm/certificate:Certificate")]).toEqual([]);
  });

  it("returns the target of its CNAME record, and the address below the base path", () => {
    expect(stage.synthesis.outputs).toMatchObject({
      api: `https://${DOMAIN}/api/realtime/pusher`,
      cnameTarget: "d-http.execute-api.eu-west-1.amazonaws.com",
    });
  });

  it("leads to the API", () => {
    expect(stage.one("aws:apigatewayv2/apiMapping:ApiMapping", "ApiDomainMapping").inputs).toEqual({
      apiId: "ApiApi-id",
      domainName: "ApiDomainName-id",
      stage: "$default",
    });
  });
});

describe("a domain in Route 53", () => {
  const stage = deployed("private");

  it("gets a certificate and DNS records, and needs no output for them", () => {
    const records = stage.all(RECORD).map(({ inputs: { type, name } }) => ({ type, name }));
    expect(records).toEqual(
      expect.arrayContaining([
        { type: "A", name: DOMAIN },
        { type: "AAAA", name: DOMAIN },
        { type: "CNAME", name: "_check.example.com" },
      ]),
    );
    expect(stage.one("aws:acm/certificate:Certificate", "RestApiSslCertificate").inputs.domainName).toBe(DOMAIN);
    expect(stage.synthesis.outputs.api).toBe(`https://${DOMAIN}/realtime`);
    expect(stage.synthesis.outputs).not.toHaveProperty("cnameTarget");
  });
});

it.each(["ci", "production", "other"] as const)("%s, which names no domain, has none", (name) => {
  const stage = deployed(name);
  expect([...stage.all("aws:apigatewayv2/domainName:DomainName"), ...stage.all(RECORD)]).toEqual([]);
});

describe("a REST API", () => {
  const stage = deployed("private");

  it("has the routes of the functions, below the base path", () => {
    const parts = new Map(
      stage
        .all("aws:apigateway/resource:Resource")
        .map(({ name, inputs }) => [`${name}-id`, { parent: inputs.parentId, part: inputs.pathPart }]),
    );
    const pathOf = (id: unknown): string => {
      const found = parts.get(String(id));
      return found === undefined ? "" : `${pathOf(found.parent)}/${found.part}`;
    };
    const methods = stage.all("aws:apigateway/method:Method").map(({ inputs }) => inputs);
    expect(methods.map(({ resourceId }) => pathOf(resourceId)).sort()).toEqual(
      [...new Set(httpRoutes().map(({ path }) => path.replace("/api/realtime/pusher", "/realtime")))].sort(),
    );
    for (const method of methods) expect(method).toMatchObject({ httpMethod: "ANY", authorization: "NONE" });
  });

  it("is regional, so that a web ACL of the stage's region can protect it", () => {
    expect(stage.one("aws:apigateway/restApi:RestApi", "RestApiApi").inputs.endpointConfiguration).toEqual({
      types: "REGIONAL",
    });
    expect(stage.one("aws:apigateway/domainName:DomainName", "RestApiDomainName").inputs.securityPolicy).toBe(
      "TLS_1_2",
    );
  });

  it("throttles requests as the HTTP API does", () => {
    expect(stage.one("aws:apigateway/methodSettings:MethodSettings", "RestApiThrottle").inputs).toEqual({
      restApi: "RestApiApi-id",
      stageName: "private",
      methodPath: "*/*",
      settings: { throttlingRateLimit: 20, throttlingBurstLimit: 100 },
    });
  });
});

describe("the rate rule", () => {
  const stage = deployed("private");
  const acl = stage.one("aws:wafv2/webAcl:WebAcl", "WebAcl");

  it("blocks addresses with more requests than the stage names, except Pusher's webhooks", () => {
    expect(acl.inputs).toMatchObject({
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: [
        {
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              aggregateKeyType: "IP",
              evaluationWindowSec: 300,
              limit: 300,
              scopeDownStatement: {
                notStatement: {
                  statements: [
                    { byteMatchStatement: { positionalConstraint: "ENDS_WITH", searchString: "/realtime/webhook" } },
                  ],
                },
              },
            },
          },
        },
      ],
    });
  });

  it("protects the API itself, so that no other address leads around it", () => {
    expect(stage.one("aws:wafv2/webAclAssociation:WebAclAssociation", "WebAclOfApi").inputs).toEqual({
      resourceArn: arnOf(stage.one("aws:apigateway/stage:Stage", "RestApiStage")),
      webAclArn: arnOf(acl),
    });
  });

  it("keeps no samples of requests, which would show tokens", () => {
    expect(JSON.stringify(acl.inputs)).not.toContain('"sampledRequestsEnabled":true');
    expect(JSON.stringify(acl.inputs).match(/"sampledRequestsEnabled":false/g)).toHaveLength(2);
  });

  it.each(["ci", "production", "other", "producers", "urls"] as const)("does not exist in %s", (name) => {
    expect(deployed(name).all("aws:wafv2/webAcl:WebAcl")).toEqual([]);
  });
});

describe("Function URLs", () => {
  const stage = deployed("urls");
  const names = FUNCTION_NAMES.filter((name) => FUNCTIONS[name].trigger === "http");

  it("replace the API: each HTTP function has one, and the relay has none", () => {
    const urls = stage.all("aws:lambda/functionUrl:FunctionUrl");
    expect(urls.map(({ name }) => name).sort()).toEqual(names.map((name) => `${logicalName(name)}Url`).sort());
    for (const { inputs } of urls) {
      expect(inputs).toMatchObject({ authorizationType: "NONE", invokeMode: "BUFFERED" });
      // The functions answer preflights.
      expect(inputs).not.toHaveProperty("cors");
    }
    expect(stage.all("aws:apigatewayv2/api:Api")).toEqual([]);
    expect(stage.all(LOG_GROUP).map(({ name }) => name)).not.toContain("ApiAccessLog");
  });

  it("are open to requests without a signature, and open nothing else", () => {
    const permissions = stage.all("aws:lambda/permission:Permission").map(({ inputs }) => inputs);
    for (const name of names) {
      const fn = stage.one(FUNCTION, `${logicalName(name)}Function`).inputs.name;
      expect(permissions.filter((permission) => permission.function === fn)).toEqual(
        expect.arrayContaining([
          { action: "lambda:InvokeFunctionUrl", function: fn, principal: "*", functionUrlAuthType: "NONE" },
          { action: "lambda:InvokeFunction", function: fn, principal: "*", invokedViaFunctionUrl: true },
        ]),
      );
    }
    expect(permissions).toHaveLength(2 * names.length);
  });

  it("are outputs, with the base path", () => {
    expect(stage.synthesis.outputs).toMatchObject({
      authUrl: "https://authurl.lambda-url.eu-west-1.on.aws/api/realtime/pusher",
      testEventUrl: "https://testeventurl.lambda-url.eu-west-1.on.aws/api/realtime/pusher",
      webhookUrl: "https://webhookurl.lambda-url.eu-west-1.on.aws/api/realtime/pusher",
    });
    expect(stage.synthesis.outputs).not.toHaveProperty("api");
  });
});

describe("the access log", () => {
  it.each([
    ["ci", "aws:apigatewayv2/stage:Stage", "ApiStage", "$context.routeKey"],
    ["private", "aws:apigateway/stage:Stage", "RestApiStage", "$context.resourcePath"],
  ] as const)("of %s writes each value once in quotes", (name, type, id, routeKey) => {
    const { accessLogSettings } = z.object(LOGGED).parse(deployed(name).one(type, id).inputs);
    const { format } = accessLogSettings;
    expect(format).not.toContain('\\"');
    expect(format).not.toContain("\n");
    expect(JSON.parse(format)).toMatchObject({
      requestId: "$context.requestId",
      status: "$context.status",
      path: "$context.path",
      routeKey,
    });
  });
});

describe("a stage is not deployed if", () => {
  const CERTIFIED = { GATEWAY_DOMAIN: DOMAIN, GATEWAY_CERTIFICATE_ARN: CERTIFICATE };

  it.each([
    ["its domain is a URL", { GATEWAY_DOMAIN: `https://${DOMAIN}` }, "GATEWAY_DOMAIN must be a domain name"],
    ["its domain has a path", { GATEWAY_DOMAIN: `${DOMAIN}/api` }, "GATEWAY_DOMAIN must be a domain name"],
    ["its domain has upper-case letters", { GATEWAY_DOMAIN: "Realtime.example.com" }, "GATEWAY_DOMAIN must be"],
    ["its domain is one label", { GATEWAY_DOMAIN: "localhost" }, "GATEWAY_DOMAIN must be a domain name"],
    ["it has a certificate without a domain", { GATEWAY_CERTIFICATE_ARN: CERTIFICATE }, "needs GATEWAY_DOMAIN"],
    [
      "its certificate is a name",
      { ...CERTIFIED, GATEWAY_CERTIFICATE_ARN: "mine" },
      "must be the ARN of a certificate",
    ],
    ["its certificate is in another region", { ...CERTIFIED, AWS_REGION: "us-east-1" }, "must be in AWS_REGION"],
    ["it names an unknown front", { GATEWAY_FRONT: "alb" }, "GATEWAY_FRONT must be http-api, rest-api or function-url"],
    ["it wants a rate rule on an HTTP API", { GATEWAY_WAF_REQUESTS: "300" }, "needs GATEWAY_FRONT=rest-api"],
    [
      "its rate rule is below WAF's minimum",
      { GATEWAY_FRONT: "rest-api", GATEWAY_WAF_REQUESTS: "9" },
      "GATEWAY_WAF_REQUESTS must be an integer from 10",
    ],
    [
      "it wants a throttle on a Function URL",
      { GATEWAY_FRONT: "function-url", GATEWAY_REQUEST_BURST: "5" },
      "GATEWAY_REQUEST_BURST has no effect with GATEWAY_FRONT=function-url",
    ],
    [
      "it wants a domain on a Function URL",
      { GATEWAY_FRONT: "function-url", GATEWAY_DOMAIN: DOMAIN },
      "GATEWAY_DOMAIN has no effect with GATEWAY_FRONT=function-url",
    ],
  ])("%s", (_, changes, fault) => {
    expect(faultsWith(changes)).toEqual([expect.stringContaining(fault)]);
  });

  it("its Function URL has its own throttle, but not for the default of one", () => {
    expect(planWith({ GATEWAY_FRONT: "function-url" })).toMatchObject({
      value: { settings: { front: "function-url", requestsPerSecond: undefined } },
    });
    expect(STAGES.urls.env).not.toHaveProperty("GATEWAY_REQUEST_BURST");
  });
});
