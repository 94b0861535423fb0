import { isUtf8 } from "node:buffer";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

const ACCOUNT_ID = "000000000000";
const API_ID = "local";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Cookies have a field of their own; the others concern one connection only. */
const NOT_PASSED_ON = new Set(["cookie", "connection", "keep-alive", "transfer-encoding", "upgrade", "te"]);
/** What reaches a function as text; form data famously does not. */
const TEXT_TYPE = /^(text\/.+|application\/(json|javascript|xml|.+\+json|.+\+xml))$/;

export interface HttpRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Names and values alternating, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  /** The gateway's own. */
  readonly port: number;
  readonly requestId: string;
  readonly receivedAtMs: number;
  /** The route's path; it answers any method. */
  readonly routePath: string;
}

/**
 * The event of an HTTP API's Lambda proxy integration, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpApiEvent(request: HttpRequest): APIGatewayProxyEventV2 {
  const sent = headerPairs(request.rawHeaders);
  const cookies = sent.filter(([name]) => name === "cookie").flatMap(([, value]) => value.split(/;\s*/));
  const headers = joined([...sent.filter(([name]) => !NOT_PASSED_ON.has(name)), ...forwardedHeaders(request)]);
  const { path: rawPath, query: rawQueryString } = splitTarget(request.target);
  const routeKey = `ANY ${request.routePath}`;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers,
    ...(rawQueryString === "" ? {} : { queryStringParameters: joined(new URLSearchParams(rawQueryString)) }),
    requestContext: requestContext(request, headers, rawPath, routeKey),
    ...eventBody(request.body, headers["content-type"]),
  };
}

export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf("?");
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function requestContext(request: HttpRequest, headers: Record<string, string>, path: string, routeKey: string) {
  const domainName = (headers.host ?? "localhost").replace(/:\d+$/, "");
  return {
    accountId: ACCOUNT_ID,
    apiId: API_ID,
    domainName,
    domainPrefix: domainName.split(".")[0] ?? domainName,
    http: {
      method: request.method,
      path,
      protocol: "HTTP/1.1",
      sourceIp: request.sourceIp,
      userAgent: headers["user-agent"] ?? "",
    },
    requestId: request.requestId,
    routeKey,
    stage: "$default",
    time: accessLogTime(new Date(request.receivedAtMs)),
    timeEpoch: request.receivedAtMs,
  };
}

function eventBody(body: Buffer, contentType = "") {
  if (body.length === 0) return { isBase64Encoded: false };
  const mediaType = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  // Bytes that are no UTF-8 would be lost in a string, whatever their sender calls them.
  const isText = TEXT_TYPE.test(mediaType) && isUtf8(body);
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

function headerPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([(rawHeaders[index] ?? "").toLowerCase(), rawHeaders[index + 1] ?? ""]);
  }
  return pairs;
}

/** Added to what the client sent, which may name proxies before us. */
function forwardedHeaders({ sourceIp, port }: HttpRequest): [string, string][] {
  return [
    ["x-forwarded-for", sourceIp],
    ["x-forwarded-port", String(port)],
    ["x-forwarded-proto", "http"],
  ];
}

/** What comes more than once is joined by commas: format 2.0 has no multi-value fields. */
function joined(pairs: Iterable<[string, string]>): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

/** `12/Mar/2020:19:03:58 +0000` */
function accessLogTime(date: Date): string {
  const [day = "", time = ""] = date.toISOString().split(/[T.]/);
  return `${day.slice(8)}/${MONTHS[date.getUTCMonth()]}/${day.slice(0, 4)}:${time} +0000`;
}
