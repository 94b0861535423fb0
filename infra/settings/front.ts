import { createGroup, type Environment, type ValuesOf } from "../../packages/settings/src/group.ts";
import { integer, matching, oneOf, optional } from "../../packages/settings/src/setting.ts";
import { stageVariable } from "./stage-variable.ts";

/** Quotas of an account: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_REQUESTS_PER_SECOND = 10_000;
const MAX_REQUEST_BURST = 5_000;
/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html */
const WAF_REQUESTS = { min: 10, max: 1_000_000 } as const;

const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;

/** How requests reach the HTTP functions. */
export const FRONT_VARIABLES = {
  GATEWAY_FRONT: stageVariable(
    oneOf("http-api", "rest-api", "function-url"),
    "`http-api`, `rest-api` (takes a web ACL, at three times the price), or `function-url` (one address for each function, no throttle, no access log, no domain)",
    "http-api",
  ),
  GATEWAY_REQUESTS_PER_SECOND: stageVariable(
    optional(integer(1, MAX_REQUESTS_PER_SECOND)),
    "requests per second that the API accepts for each route; a page that reconnects authorizes all its channels at once",
    "200",
    "20",
  ),
  GATEWAY_REQUEST_BURST: stageVariable(
    optional(integer(1, MAX_REQUEST_BURST)),
    "requests that the API accepts in the same instant",
    "400",
    "100",
  ),
  GATEWAY_DOMAIN: stageVariable(
    optional(
      matching(
        DOMAIN,
        "must be a domain name in lower case, without https:// and without a path, such as realtime.example.com",
      ),
    ),
    "a domain name of your own for the API",
    "",
  ),
  GATEWAY_CERTIFICATE_ARN: stageVariable(
    optional(
      matching(
        CERTIFICATE,
        "must be the ARN of a certificate in ACM, such as arn:aws:acm:eu-west-1:123456789012:certificate/…",
      ),
    ),
    "the certificate of the domain, in the stage's region; set it if you keep the domain's DNS yourself. Without it, SST creates the certificate, and the DNS records in Route 53",
    "",
  ),
  GATEWAY_WAF_REQUESTS: stageVariable(
    optional(integer(WAF_REQUESTS.min, WAF_REQUESTS.max)),
    "with `rest-api`: a web ACL with a rate rule, which allows this many requests of one address in five minutes; without a value there is no web ACL",
    "",
  ),
  GATEWAY_WAF_ACTION: stageVariable(
    oneOf("block", "count"),
    "what the rate rule does with the requests above: `block` answers 403, `count` only counts them",
    "block",
  ),
};

/** The variables of the API's throttle. A Function URL has none. */
export const THROTTLE_VARIABLES = ["GATEWAY_REQUESTS_PER_SECOND", "GATEWAY_REQUEST_BURST"] as const;

const shape = (env: ValuesOf<typeof FRONT_VARIABLES>) => ({
  front: env.GATEWAY_FRONT,
  requestsPerSecond: env.GATEWAY_REQUESTS_PER_SECOND,
  requestBurst: env.GATEWAY_REQUEST_BURST,
  domain:
    env.GATEWAY_DOMAIN === undefined
      ? undefined
      : { name: env.GATEWAY_DOMAIN, certificateArn: env.GATEWAY_CERTIFICATE_ARN },
  rateRule:
    env.GATEWAY_WAF_REQUESTS === undefined
      ? undefined
      : { requests: env.GATEWAY_WAF_REQUESTS, action: env.GATEWAY_WAF_ACTION },
});

type FrontSettings = ReturnType<typeof shape>;
export type FrontKind = FrontSettings["front"];
export type RateRule = NonNullable<FrontSettings["rateRule"]>;

function contradictions(env: Environment): readonly string[] {
  const { GATEWAY_FRONT: front, GATEWAY_DOMAIN: domain, GATEWAY_CERTIFICATE_ARN: certificate } = env;
  const region = certificate?.split(":")[3];
  return [
    ...(front === "function-url"
      ? [...THROTTLE_VARIABLES, "GATEWAY_DOMAIN"]
          .filter((name) => env[name] !== undefined)
          .map((name) => `${name} has no effect with GATEWAY_FRONT=function-url. Use http-api or rest-api`)
      : []),
    ...(env.GATEWAY_WAF_REQUESTS !== undefined && front !== "rest-api"
      ? ["GATEWAY_WAF_REQUESTS needs GATEWAY_FRONT=rest-api: HTTP APIs and Function URLs take no web ACL"]
      : []),
    ...(certificate !== undefined && domain === undefined ? ["GATEWAY_CERTIFICATE_ARN needs GATEWAY_DOMAIN"] : []),
    ...(region !== undefined && region !== (env.AWS_REGION ?? region)
      ? [
          "GATEWAY_CERTIFICATE_ARN must be in AWS_REGION: the domain of an API takes certificates of its own region only",
        ]
      : []),
  ];
}

export const frontSettings = createGroup(FRONT_VARIABLES, shape, contradictions);
