import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readLimitedBody } from "../loopback/limited-body.ts";
import { closeServer, listen } from "../loopback/server.ts";
import { type FunctionFailure, readFailure } from "./function-error.ts";

/** Lambda's error message states this limit, 100 bytes above 6 MiB. */
export const MAX_RESPONSE_BYTES = 6_291_556;

export const RESPONSE_TOO_LARGE: FunctionFailure = {
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
};

export interface RuntimeInvocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly deadlineMs: number;
  readonly payload: string;
}

/** The calls of a runtime to the platform. */
export interface RuntimeEvents {
  /** The runtime asks for an invocation, the first time after its initialization. */
  onNext(): void;
  onInitError(failure: FunctionFailure): void;
  onResponse(requestId: string, payload: string): void;
  onError(requestId: string, failure: FunctionFailure): void;
}

export interface RuntimeApi {
  /** `host:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Sends an invocation to the runtime, now or when it asks next. */
  send(invocation: RuntimeInvocation): void;
  close(): Promise<void>;
}

const PREFIX = "/2018-06-01/runtime";
const ANSWER = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

/** The Lambda Runtime API of one instance: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export async function startRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  let asking: ServerResponse | undefined;
  let next: RuntimeInvocation | undefined;

  function sendNext(): void {
    if (asking === undefined || next === undefined) return;
    sendInvocation(asking, next);
    asking = undefined;
    next = undefined;
  }

  const server = createServer((request, response) => {
    if (request.method === "GET" && request.url === `${PREFIX}/invocation/next`) {
      asking = response;
      events.onNext();
      sendNext();
    } else {
      void receive(request, response, events);
    }
  });
  const port = await listen(server, 0);
  return {
    address: `127.0.0.1:${port}`,
    send(invocation) {
      next = invocation;
      sendNext();
    },
    close: () => closeServer(server),
  };
}

function sendInvocation(
  response: ServerResponse,
  { requestId, functionArn, deadlineMs, payload }: RuntimeInvocation,
): void {
  response.writeHead(200, {
    "content-type": "application/json",
    "lambda-runtime-aws-request-id": requestId,
    "lambda-runtime-deadline-ms": String(deadlineMs),
    "lambda-runtime-invoked-function-arn": functionArn,
    "lambda-runtime-trace-id": traceId(requestId),
  });
  response.end(payload);
}

/** `Root=1-<seconds, hex>-<24 hex digits>;Sampled=0` */
function traceId(requestId: string): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${requestId.replaceAll("-", "").slice(0, 24)};Sampled=0`;
}

async function receive(request: IncomingMessage, response: ServerResponse, events: RuntimeEvents): Promise<void> {
  try {
    const body = await readLimitedBody(request, MAX_RESPONSE_BYTES);
    dispatch(request.url ?? "", body?.toString(), events);
    response.writeHead(body === undefined ? 413 : 202, { "content-type": "application/json" });
    response.end('{"status":"OK"}');
  } catch {
    // The runtime died during its call, and its exit status is reported instead.
    response.destroy();
  }
}

function dispatch(url: string, body: string | undefined, events: RuntimeEvents): void {
  const [, requestId = "", kind] = ANSWER.exec(url) ?? [];
  if (url === `${PREFIX}/init/error`) events.onInitError(readFailure(body ?? ""));
  else if (kind === "error") events.onError(requestId, readFailure(body ?? ""));
  else if (kind === "response" && body === undefined) events.onError(requestId, RESPONSE_TOO_LARGE);
  else if (kind === "response") events.onResponse(requestId, body ?? "");
}
