import { FUNCTIONS } from "../../functions/manifest.ts";
import type { Alarm, WatchedMetric } from "./alarm.ts";
import { AT_ONCE, COUNT, counted, EACH_FIVE_MINUTES, LASTING, lambda, nameOf, own } from "./alarm-parts.ts";
import type { FrontKind } from "./front.ts";
import { apiMetrics, type FrontMetric, type FrontMetrics } from "./front-metrics.ts";
import { AUTH_DENIED } from "./log-metrics.ts";

const DENIALS = 100;
const API_ERRORS = 5;
/** The page shows nothing until auth answers. */
const SLOW_AUTH_MS = FUNCTIONS.auth.timeoutSeconds * 1000 * 0.3;

export const httpAlarms = (front: FrontKind): readonly Alarm[] => [
  {
    id: "AuthDenials",
    metric: counted(AUTH_DENIED),
    ...COUNT,
    threshold: DENIALS,
    ...EACH_FIVE_MINUTES,
    ...AT_ONCE,
    meaning:
      "auth denies many subscriptions: a page subscribes to channels of other users, tokens expire, or somebody tries names",
    action: "look at the `code` and `kind` of the `auth_denied` log records of auth",
    section: "log-records",
  },
  {
    id: "KeysStale",
    metric: own("JwksStale", { service: "auth" }),
    ...COUNT,
    threshold: 0,
    ...EACH_FIVE_MINUTES,
    ...AT_ONCE,
    meaning:
      "the issuer's key endpoint does not answer, so auth uses its last keys. One hour after the last answer, all clients get 503",
    action:
      "look at `reason` of the `jwks_stale` log records of auth, then check `REALTIME_JWT_JWKS_URL` and the issuer's status page. Clients that got 503 subscribe again when they reconnect",
    section: "why-401",
  },
  {
    id: "ApiErrors",
    ...sumOf(apiMetrics(front).serverErrors),
    ...COUNT,
    threshold: API_ERRORS,
    ...EACH_FIVE_MINUTES,
    ...AT_ONCE,
    meaning: "the HTTP functions fail, or a service that they depend on does (503)",
    action:
      front === "function-url"
        ? "read the logs of the HTTP functions: `http_failure` names the code"
        : "find the route in the API's access log (output `accessLogGroup`), then read the log of its function",
    section: "log-records",
  },
  {
    id: "AuthSlow",
    metric: lambda("Duration", "auth"),
    statistic: "p99",
    unit: "ms",
    threshold: SLOW_AUTH_MS,
    ...EACH_FIVE_MINUTES,
    ...LASTING,
    meaning: "subscriptions take long, because auth answers slowly",
    action:
      "look at the services that auth calls: the issuer's keys (`REALTIME_JWT_JWKS_URL`) and the platform (`REALTIME_OWNERSHIP_URL`); else raise `GATEWAY_HTTP_MEMORY_MB`",
    section: "when-something-is-wrong",
  },
];

function sumOf([first, ...more]: FrontMetrics): Pick<Alarm, "metric" | "plus"> {
  return { metric: watched(first), ...(more.length > 0 && { plus: more.map(watched) }) };
}

const watched = ({ dimensions, ...metric }: FrontMetric): WatchedMetric => ({
  ...metric,
  dimensions: Object.fromEntries(Object.entries(dimensions).map(([key, resource]) => [key, nameOf(resource)])),
});
