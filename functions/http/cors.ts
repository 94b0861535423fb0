import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./context.ts";

/** Chromium remembers a preflight's answer for two hours at most. */
const PREFLIGHT_MAX_AGE_SECONDS = 7200;

/** Far more than a page sends: an HTTP API accepts 10,240 bytes of headers in all. */
const MAX_HEADER_NAMES_LENGTH = 2_048;
/** Fetch standard: browsers send the names in lower case, separated by commas. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?:[\t ]*,[\t ]*[\w!#$%&'*+.^`|~-]+)*$/;
const USUAL_HEADERS = "authorization,content-type";

/** A part of one label of a host, so `*` never covers a dot, a port or a scheme. */
const WITHIN_LABEL = /^[a-z0-9_-]+$/;

/**
 * Lets web pages of these origins read answers; `*` allows any origin. Cookies are never allowed.
 * `hono/cors` copies each response through its stream, which loads undici: 36 ms of CPU in each cold start.
 */
export function cors(allowedOrigins: readonly string[]): MiddlewareHandler<HttpEnv> {
  const anyOrigin = allowedOrigins[0] === "*";
  const matchers = allowedOrigins.map(matcherOf);

  return async (context, next) => {
    const isPreflight = context.req.method === "OPTIONS";
    if (isPreflight) context.res = context.body(null, 204, PREFLIGHT_HEADERS);
    else await next();
    const { headers } = context.res;
    if (isPreflight)
      headers.set("access-control-allow-headers", allowedHeaders(context.req.header("access-control-request-headers")));
    const origin = context.req.header("origin") ?? "";
    if (anyOrigin) headers.set("access-control-allow-origin", "*");
    else if (matchers.some((matches) => matches(origin))) headers.set("access-control-allow-origin", origin);
    // A cache must not answer one origin with another one's headers.
    if (!anyOrigin) headers.append("vary", "Origin");
    if (isPreflight) headers.append("vary", "Access-Control-Request-Headers");
  };
}

function matcherOf(allowed: string): (origin: string) => boolean {
  const [before = "", after] = allowed.split("*");
  if (after === undefined) return (origin) => origin === allowed;
  return (origin) =>
    origin.startsWith(before) &&
    origin.endsWith(after) &&
    WITHIN_LABEL.test(origin.slice(before.length, origin.length - after.length));
}

/** Tracing and CSRF libraries add headers of their own. No header carries a right here that its page does not have. */
const allowedHeaders = (requested = ""): string =>
  requested.length <= MAX_HEADER_NAMES_LENGTH && HEADER_NAMES.test(requested) ? requested : USUAL_HEADERS;

const PREFLIGHT_HEADERS = {
  "access-control-allow-methods": "GET,POST",
  "access-control-max-age": String(PREFLIGHT_MAX_AGE_SECONDS),
  "cache-control": "no-store",
} as const;
