import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Hono } from "hono/tiny";
import type { HttpEnv } from "./app.ts";

/** An HTTP API's event, as JSON has it: every header is text. */
export type HttpApiEvent = Omit<APIGatewayProxyEventV2, "headers"> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/** An HTTP app as a Lambda function behind an HTTP API (payload format 2.0). Its answers are text. */
export function createHandler(app: Hono<HttpEnv>) {
  return async (
    event: HttpApiEvent,
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
function requestOf(event: HttpApiEvent): Request {
  const { rawPath, body, isBase64Encoded, requestContext } = event;
  const headers = event.headers ?? {};
  const asked = requestContext?.http?.method ?? "GET";
  const method = TOKEN.test(asked) && !UNREPRESENTABLE.has(asked.toUpperCase()) ? asked : NOT_ALLOWED;
  const bodiless = method === "GET" || method === "HEAD" || !body;
  const url = ORIGIN + (rawPath?.startsWith("/") ? rawPath : "/");
  const content = bodiless ? null : Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  try {
    return new Request(url, { method, headers, body: content });
  } catch {
    return new Request(url, { method, headers: Object.entries(headers).filter(isField), body: content });
  }
}

/** Whatever a header said that no `Headers` takes, it was nothing that is asked for here. */
const isField = ([name, value]: readonly [string, string]): boolean => TOKEN.test(name) && FIELD_VALUE.test(value);
