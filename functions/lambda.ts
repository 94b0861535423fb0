import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import type { Hono } from "hono/tiny";
import type { HttpEnv } from "./http.ts";

/** Of all that the adapter takes, payload format 2.0. */
type HttpApiEvent = Extract<LambdaEvent, { readonly rawQueryString: string }>;

/** An HTTP app as a Lambda function behind an HTTP API (payload format 2.0). */
export function createHandler(app: Hono<HttpEnv>) {
  const adapted = handle(app);
  return (event: HttpApiEvent, context?: LambdaContext) => adapted(representable(event), context);
}

/** Methods that the Fetch standard knows no request of; to the app they are one more that is not allowed. */
const UNREPRESENTABLE = new Set(["CONNECT", "TRACE", "TRACK"]);
const NOT_ALLOWED = "UNSUPPORTED";
/** RFC 9110, section 5.6.2: what names of methods and headers are made of. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * What a gateway passes on and the adapter could not make a `Request` of, and would answer in its own words: bodies of GET and HEAD
 * are dropped, as they mean nothing (RFC 9110), and broken base64 becomes the bytes that it holds.
 */
function representable(event: HttpApiEvent): HttpApiEvent {
  const { body, isBase64Encoded, requestContext, rawPath } = event;
  if (requestContext?.http === undefined) return event;
  const { method } = requestContext.http;
  const bodiless = method === "GET" || method === "HEAD" || body === null || body === undefined;
  return {
    ...event,
    rawPath: rawPath.startsWith("/") ? rawPath : "/",
    headers: representableHeaders(event.headers),
    // Nobody reads them, and nobody should have to trust their form.
    cookies: [],
    body: bodiless ? null : isBase64Encoded ? Buffer.from(body, "base64").toString("base64") : body,
    requestContext: {
      ...requestContext,
      domainName: URL.canParse(`https://${requestContext.domainName}`) ? requestContext.domainName : "localhost",
      http: {
        ...requestContext.http,
        method: TOKEN.test(method) && !UNREPRESENTABLE.has(method.toUpperCase()) ? method : NOT_ALLOWED,
      },
    },
  };
}

/** Without the headers that no `Headers` takes: whatever they said, it was nothing that is asked for here. */
function representableHeaders(headers: HttpApiEvent["headers"]): HttpApiEvent["headers"] {
  const sound = ([name, value]: readonly [string, string | undefined]): boolean =>
    TOKEN.test(name) && (value ?? "").isWellFormed() && !/[\0\r\n]/.test(value ?? "");
  return Object.fromEntries(Object.entries(headers ?? {}).filter(sound));
}
