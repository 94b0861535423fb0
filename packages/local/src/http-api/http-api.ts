import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { readLimitedBody } from "../loopback/limited-body.ts";
import { closeServer, LOOPBACK, listen } from "../loopback/server.ts";
import { httpApiEvent, splitTarget } from "./event.ts";
import { headBytes, MAX_HEAD_BYTES } from "./head.ts";
import {
  FUNCTION_FAILED,
  HEAD_TOO_LARGE,
  type HttpResponse,
  NOT_FOUND,
  readFunctionResponse,
  TIMED_OUT,
  TOO_LARGE,
} from "./response.ts";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_INTEGRATION_MS = 30_000;
/** Lambda's own limit, which a base64 body reaches first: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

export interface HttpApiRoute {
  /** Matches exactly this path, with any method. */
  readonly path: string;
  invoke(event: APIGatewayProxyEventV2): Promise<unknown>;
}

/** A route of the stack itself, which no function serves. */
export interface OwnRoute {
  /** One path; with a slash at its end, every path below it. `/` is the root alone. */
  readonly path: string;
  answer(request: IncomingMessage): Promise<HttpResponse | HttpStream>;
}

/** An answer that goes on until one side closes it. */
export interface HttpStream {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  /** Called once the headers are sent. */
  open(outgoing: ServerResponse): void;
}

export interface RequestObservation {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  /** The reason why the HTTP API answered instead of the function. */
  readonly error?: string;
}

export interface HttpApiOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host?: string;
  readonly routes: readonly HttpApiRoute[];
  readonly ownRoutes?: readonly OwnRoute[];
  readonly timeoutMs?: number;
  onRequest?(request: RequestObservation, response: HttpResponse | HttpStream): void;
}

export interface HttpApi {
  readonly url: string;
  readonly port: number;
  /** Also ends open connections. Idempotent. */
  close(): Promise<void>;
}

interface HttpApiAnswer {
  readonly response: HttpResponse | HttpStream;
  readonly error?: string;
}

/** A local API Gateway HTTP API. Rejects with `code: "EADDRINUSE"` if the port is in use. */
export async function startHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const server = createServer((request, response) => void serve(request, response, options));
  const port = await listen(server, options.port, options.host ?? LOOPBACK);
  return { url: `http://${LOOPBACK}:${port}`, port, close: () => closeServer(server) };
}

async function serve(request: IncomingMessage, outgoing: ServerResponse, options: HttpApiOptions): Promise<void> {
  const startedAt = performance.now();
  const { method = "GET", url: target = "/" } = request;
  try {
    const { response, error } = await answer(request, options);
    send(outgoing, response);
    const observation = {
      method,
      path: splitTarget(target).path,
      status: response.status,
      durationMs: performance.now() - startedAt,
      ...(error === undefined ? {} : { error }),
    };
    options.onRequest?.(observation, response);
  } catch {
    // The client closed the connection during its request.
    outgoing.destroy();
  }
}

async function answer(request: IncomingMessage, options: HttpApiOptions): Promise<HttpApiAnswer> {
  const { method = "GET", url: target = "/" } = request;
  if (headBytes(request) > MAX_HEAD_BYTES)
    return { response: HEAD_TOO_LARGE, error: `request line and headers are larger than ${MAX_HEAD_BYTES} bytes` };
  const { path: askedPath } = splitTarget(target);
  const ownRoute = options.ownRoutes?.find(({ path }) =>
    path.endsWith("/") && path !== "/" ? askedPath.startsWith(path) : path === askedPath,
  );
  if (ownRoute !== undefined) return { response: await ownRoute.answer(request) };
  const route = options.routes.find(({ path }) => path === askedPath);
  if (route === undefined) return { response: NOT_FOUND };
  const body = await readLimitedBody(request, MAX_BODY_BYTES);
  if (body === undefined) return { response: TOO_LARGE, error: `the body is larger than ${MAX_BODY_BYTES} bytes` };
  const event = httpApiEvent({
    method,
    target,
    rawHeaders: request.rawHeaders,
    body,
    sourceIp: request.socket.remoteAddress ?? LOOPBACK,
    port: request.socket.localPort ?? options.port,
    requestId: randomUUID(),
    receivedAtMs: Date.now(),
    routePath: route.path,
  });
  if (Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) {
    return { response: TOO_LARGE, error: `the event is larger than ${MAX_EVENT_BYTES} bytes` };
  }
  return await integrate(route, event, options.timeoutMs ?? MAX_INTEGRATION_MS);
}

async function integrate(
  route: HttpApiRoute,
  event: APIGatewayProxyEventV2,
  timeoutMs: number,
): Promise<HttpApiAnswer> {
  const timedOut = Promise.withResolvers<HttpApiAnswer>();
  const timer = setTimeout(
    () => timedOut.resolve({ response: TIMED_OUT, error: `no answer within ${timeoutMs} ms` }),
    timeoutMs,
  );
  try {
    return await Promise.race([invoke(route, event), timedOut.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function invoke(route: HttpApiRoute, event: APIGatewayProxyEventV2): Promise<HttpApiAnswer> {
  try {
    const response = readFunctionResponse(await route.invoke(event));
    return response === FUNCTION_FAILED ? { response, error: "the response is malformed" } : { response };
  } catch (error) {
    return { response: FUNCTION_FAILED, error: error instanceof Error ? error.message : String(error) };
  }
}

function send(outgoing: ServerResponse, response: HttpResponse | HttpStream): void {
  if ("open" in response) {
    outgoing.writeHead(response.status, response.headers);
    response.open(outgoing);
    return;
  }
  const { status, headers, cookies, body } = response;
  const setCookie = cookies.length === 0 ? {} : { "set-cookie": [...cookies] };
  // 204 and 304 have no body, so they must not have a length.
  const length = status === 204 || status === 304 ? {} : { "content-length": body.length };
  outgoing.writeHead(status, { ...headers, ...setCookie, ...length });
  outgoing.end(body);
}
