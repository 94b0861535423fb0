import { validateHeaderName, validateHeaderValue } from "node:http";

/** The answer of the HTTP API to its client. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** The HTTP API's own answers, in the words of AWS. */
export const NOT_FOUND = gatewayError(404, "Not Found");
export const TOO_LARGE = gatewayError(413, "Request Entity Too Large");
export const HEAD_TOO_LARGE = gatewayError(431, "Request Header Fields Too Large");
export const FUNCTION_FAILED = gatewayError(500, "Internal Server Error");
export const TIMED_OUT = gatewayError(503, "Service Unavailable");

/** The HTTP API sets these itself, and ignores those of the function. */
const OWN_HEADERS = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * Reads a function's answer in payload format 2.0: a structured response if it has a `statusCode`, else the value
 * itself as JSON with 200. Drops `multiValueHeaders`, which belong to format 1.0, as AWS does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function readFunctionResponse(result: unknown): HttpResponse {
  if (!isObject(result) || result.statusCode === undefined) return inferredResponse(result);
  const status = Number(result.statusCode);
  const headers = readHeaders(result.headers ?? {});
  const cookies = readCookies(result.cookies ?? []);
  const body = readBody(result.body ?? "", result.isBase64Encoded === true);
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599;
  if (!isStatus || headers === undefined || cookies === undefined || body === undefined) return FUNCTION_FAILED;
  return { status, headers: { "content-type": "text/plain;charset=UTF-8", ...headers }, cookies, body };
}

function inferredResponse(result: unknown): HttpResponse {
  const body = typeof result === "string" ? result : JSON.stringify(result ?? null);
  return { status: 200, headers: { "content-type": "application/json" }, cookies: [], body: Buffer.from(body) };
}

function readHeaders(headers: unknown): Record<string, string> | undefined {
  if (!isObject(headers)) return undefined;
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!["string", "number", "boolean"].includes(typeof value) || !isHeader(name, String(value))) return undefined;
    if (!OWN_HEADERS.has(name.toLowerCase())) read[name.toLowerCase()] = String(value);
  }
  return read;
}

function readCookies(cookies: unknown): readonly string[] | undefined {
  const isCookie = (cookie: unknown) => typeof cookie === "string" && isHeader("set-cookie", cookie);
  return Array.isArray(cookies) && cookies.every(isCookie) ? cookies : undefined;
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function readBody(body: unknown, isBase64Encoded: boolean): Buffer | undefined {
  if (typeof body !== "string" || (isBase64Encoded && !BASE64.test(body))) return undefined;
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

function gatewayError(status: number, message: string): HttpResponse {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { "content-type": "application/json" }, cookies: [], body };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
