import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type ApiAnswer, refuse } from "./api-answer.ts";
import { parseTarget } from "./api-request.ts";
import { type Api, createApi } from "./api-routes.ts";
import type { FaultEffect, FaultSchedule } from "./faults.ts";
import type { Hub } from "./hub.ts";
import { REQUEST_BODY_MAX_BYTES } from "./limits.ts";
import { readBody } from "./read-body.ts";
import type { RequestRecorder } from "./request-log.ts";

export interface ApiServerParts {
  readonly hub: Hub;
  readonly faults: FaultSchedule;
  readonly requests: RequestRecorder;
  /** Ends pauses that a fault ordered. */
  readonly closing: AbortSignal;
}

/** The port's HTTP side: reads calls, lets faults strike, answers. */
export function createApiListener(parts: ApiServerParts) {
  const api = createApi(parts.hub);
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(parts, api, request, response).catch(() => {
      // Usually the client went away while it was read or answered, and nobody is left to tell.
      if (response.destroyed || response.headersSent || parts.closing.aborted) response.destroy();
      else send(response, refuse(500, "Internal server error"));
    });
  };
}

async function handle(
  { faults, requests, closing }: ApiServerParts,
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET", url = "/" } = request;
  const target = parseTarget(url);
  const recordStatus = requests.record(method, target.rawPath);
  response.once("finish", () => recordStatus(response.statusCode));
  const body = await readBody(request, REQUEST_BODY_MAX_BYTES);
  const accept = async (): Promise<ApiAnswer> =>
    body === undefined
      ? refuse(413, `The body exceeds the allowed maximum (${REQUEST_BODY_MAX_BYTES} bytes)`)
      : await api({ method, ...target, body });
  const fault = faults.next(method, target.rawPath);
  if (fault === undefined) send(response, await accept());
  else await strike(fault, response, accept, closing);
}

function send(response: ServerResponse, { status, contentType, body }: ApiAnswer): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function strike(
  fault: FaultEffect,
  response: ServerResponse,
  accept: () => Promise<ApiAnswer>,
  closing: AbortSignal,
): Promise<void> {
  switch (fault.kind) {
    case "answer": {
      const { status, body = "", headers = {}, accepted = false } = fault;
      if (accepted) await accept();
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
      response.end(body);
      return;
    }
    case "wait":
      await pause(fault.ms, undefined, { signal: closing });
      return send(response, await accept());
    case "answer-late": {
      const answer = await accept();
      if (fault.ms === undefined) return;
      await pause(fault.ms, undefined, { signal: closing });
      return send(response, answer);
    }
    case "stall-body": {
      const { status, contentType, body } = await accept();
      response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
      response.write(body.slice(0, Math.ceil(body.length / 2)));
      return;
    }
    case "reset":
      if (fault.accepted === true) await accept();
      response.socket?.resetAndDestroy();
      return;
  }
}
