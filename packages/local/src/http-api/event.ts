import { isUtf8 } from "node:buffer";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

const ACCOUNT_ID = "000000000000";
const API_ID = "local";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** The event has a field for cookies. The other headers are about one connection only. */
const OMITTED_HEADERS = new Set(["cookie", "connection", "keep-alive", "transfer-encoding", "upgrade", "te"]);
/** Bodies of these types reach a function as text, all others as base64, form data included. */
const TEXT_TYPE = /^(text\/.+|application\/(json|javascript|xml|.+\+json|.+\+xml))$/;

export interface HttpRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  /** The port on which the HTTP API listens. */
  readonly port: number;
  readonly requestId: string;
  readonly receivedAtMs: number;
  /** The path of the route, which accepts any method. */
  readonly routePath: string;
}

/**
 * The event of an HTTP API's Lambda proxy integration, payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpApiEvent(request: HttpRequest): APIGatewayProxyEventV2 {
  const sent = headerPairs(request.rawHeaders);
  const cookies = sent.filter(([name]) => name === "cookie").flatMap(([, value]) => value.split(/;\s*/));
  const headers = joined([...sent.filter(([name]) => !OMITTED_HEADERS.has(name)), ...forwardedHeaders(request)]);
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
  // A string would lose bytes that are not UTF-8, even if the header declares text.
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

/** Added to headers of the same names, in which a client may name its own proxies. */
function forwardedHeaders({ sourceIp, port }: HttpRequest): [string, string][] {
  return [
    ["x-forwarded-for", sourceIp],
    ["x-forwarded-port", String(port)],
    ["x-forwarded-proto", "http"],
  ];
}

/** Joins several values of a name by commas, because format 2.0 has no multi-value fields. */
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
