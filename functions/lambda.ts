import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Hono } from "hono/tiny";
import type { HttpEnv } from "./http.ts";

/** An HTTP app as a Lambda function behind an HTTP API (payload format 2.0). Its answers are text. */
export function createHandler(app: Hono<HttpEnv>) {
  return async (
    event: APIGatewayProxyEventV2,
    lambdaContext?: Pick<Context, "awsRequestId">,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    const response = await app.fetch(requestOf(event), lambdaContext && { lambdaContext });
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
      isBase64Encoded: false,
    };
  };
}

/** Nobody here asks which. */
const ORIGIN = "https://gateway.invalid";

/** Methods that the Fetch standard knows no request of; to the app they are one more that is not allowed. */
const UNREPRESENTABLE = new Set(["CONNECT", "TRACE", "TRACK"]);
const NOT_ALLOWED = "UNSUPPORTED";
/** RFC 9110, section 5.6.2: what names of methods and headers are made of. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** RFC 9110, section 5.5: white space and what one byte can say. */
const FIELD_VALUE = /^[\t\x20-\xff]*$/;

/**
 * A request of what a gateway passes on, also where Fetch's own rules would not have it: a body of GET and HEAD is dropped, as it
 * means nothing (RFC 9110); broken base64 becomes the bytes that it holds; methods and headers that cannot be are none of ours.
 */
function requestOf({ rawPath, headers, body, isBase64Encoded, requestContext }: APIGatewayProxyEventV2): Request {
  const asked = requestContext?.http?.method ?? "GET";
  const method = TOKEN.test(asked) && !UNREPRESENTABLE.has(asked.toUpperCase()) ? asked : NOT_ALLOWED;
  const bodiless = method === "GET" || method === "HEAD" || !body;
  return new Request(ORIGIN + (rawPath?.startsWith("/") ? rawPath : "/"), {
    method,
    headers: headersOf(headers),
    body: bodiless ? null : Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
  });
}

/** Without the headers that no `Headers` takes: whatever they said, it was nothing that is asked for here. */
function headersOf(headers: APIGatewayProxyEventV2["headers"] = {}): Headers {
  const entries = Object.entries(headers).map(([name, value = ""]): [string, string] => [name, value]);
  try {
    return new Headers(entries);
  } catch {
    return new Headers(entries.filter(([name, value]) => TOKEN.test(name) && FIELD_VALUE.test(value)));
  }
}
