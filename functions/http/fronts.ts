import type { ALBResult, APIGatewayProxyResult, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Hono } from "hono/tiny";
import type { Log } from "../log.ts";
import type { HttpEnv } from "./context.ts";
import {
  type FrontEvent,
  isHttpApiEvent,
  isLoadBalancerEvent,
  isRestApiEvent,
  type RestApiEvent,
  sourceOf,
} from "./front-events.ts";
import { STATUS_PHRASES } from "./problem.ts";
import { type RequestParts, requestFrom } from "./request.ts";

interface ResponseParts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text: no endpoint answers with bytes. */
  readonly body: string;
}

type FrontResult = APIGatewayProxyStructuredResultV2 | APIGatewayProxyResult | ALBResult;

/** Serves an app as a Lambda function behind any AWS front. */
export const createHandler =
  (app: Hono<HttpEnv>, log: Log) =>
  async (event: unknown, lambdaContext?: Pick<Context, "awsRequestId">): Promise<FrontResult> => {
    if (!isFrontEvent(event)) throw notARequest(event, log);
    const request = requestFrom(requestPartsOf(event));
    const response = await app.fetch(request, lambdaContext && { lambdaContext });
    return resultFor(event, await partsOf(response));
  };

const isFrontEvent = (event: unknown): event is FrontEvent =>
  isHttpApiEvent(event) || isLoadBalancerEvent(event) || isRestApiEvent(event);

function requestPartsOf(event: FrontEvent): RequestParts {
  const { body, isBase64Encoded = false } = event;
  const content = { body: body ?? undefined, isBase64Encoded };
  if (isHttpApiEvent(event)) {
    const { rawPath, headers, requestContext } = event;
    return { method: requestContext.http.method, path: rawPath ?? "/", headers: headers ?? {}, ...content };
  }
  const { httpMethod, path } = event;
  return { method: httpMethod, path, headers: everyHeaderOf(event), ...content };
}

/** A proxy or a test may leave some headers, or all, out of `multiValueHeaders`. Names have no case. */
function everyHeaderOf({ headers, multiValueHeaders }: RestApiEvent): Record<string, string> {
  const multiValue = joined(multiValueHeaders ?? {});
  const names = new Set(Object.keys(multiValue).map((name) => name.toLowerCase()));
  const others = Object.entries(headers ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...multiValue };
}

/** An HTTP API joins the values of a header in the same way. */
const joined = (headers: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(",")]));

/** A load balancer with multi-value headers drops an answer's `headers`, and one without them the `multiValueHeaders`. */
function resultFor(event: FrontEvent, { status, headers, body }: ResponseParts): FrontResult {
  const result = { statusCode: status, headers, body, isBase64Encoded: false };
  if (!isLoadBalancerEvent(event)) return result;
  const statusDescription = `${status} ${phrases[status] ?? ""}`;
  if (!hasMultiValueHeaders(event)) return { ...result, statusDescription };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { statusCode: status, statusDescription, multiValueHeaders, body, isBase64Encoded: false };
}

/** A load balancer writes one of both. A proxy or a test may write the other one too, and leave it empty. */
const hasMultiValueHeaders = ({ headers, multiValueHeaders }: RestApiEvent): boolean =>
  !headers || Object.keys(multiValueHeaders ?? {}).length > 0;

const phrases: Readonly<Record<number, string>> = STATUS_PHRASES;

/**
 * The invocation must fail. A queue that invokes this function by mistake would delete its messages after an answer.
 */
function notARequest(event: unknown, log: Log): Error {
  const detail = "The event is no request of an HTTP API, a Function URL, a REST API or a load balancer";
  log.error("not_a_request", { detail, event_source: sourceOf(event) });
  return new NotARequest(detail);
}

class NotARequest extends Error {
  /** Lambda logs the name of the class as `errorType`. Minified bundles shorten it. */
  static override readonly name = "NotARequest";
  override readonly name = "NotARequest";
}

async function partsOf(response: Response): Promise<ResponseParts> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  return { status: response.status, headers, body: await response.text() };
}
