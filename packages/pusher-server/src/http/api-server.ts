import type { IncomingMessage, ServerResponse } from "node:http";
import { control, isControlTarget } from "../control/control-listener.ts";
import type { Controls } from "../controls.ts";
import type { FaultSchedule } from "../faults/fault-schedule.ts";
import type { Hub } from "../hub.ts";
import { REQUEST_BODY_MAX_BYTES } from "../limits.ts";
import { type ApiAnswer, reject, sendAnswer } from "./api-answer.ts";
import { parseTarget } from "./api-request.ts";
import { createApi, type PusherHttpApi } from "./api-routes.ts";
import { applyFault } from "./apply-fault.ts";
import { readBody } from "./read-body.ts";
import type { RequestRecorder } from "./request-log.ts";

export interface ApiServerParts {
  /** The apps by their ids. */
  readonly hubs: ReadonlyMap<string, Hub>;
  readonly faults: FaultSchedule;
  readonly requests: RequestRecorder;
  readonly controls: Controls;
  /** Ends the pauses of faults. */
  readonly closing: AbortSignal;
}

/** The HTTP side of the port: reads a call, applies a fault if one strikes, and answers. No fault strikes the control API. */
export function createApiListener(parts: ApiServerParts) {
  const api = createApi(parts.hubs);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const answered = isControlTarget(request.url ?? "/")
      ? control(parts.controls, request, response)
      : handle(parts, api, request, response);
    answered.catch(() => {
      // Usually the client closed its connection during the call, so no answer can reach it.
      if (response.destroyed || response.headersSent || parts.closing.aborted) response.destroy();
      else sendAnswer(response, reject(500, "Internal server error"));
    });
  };
}

async function handle(
  { faults, requests, closing }: ApiServerParts,
  api: PusherHttpApi,
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
      ? reject(413, `The body exceeds the allowed maximum (${REQUEST_BODY_MAX_BYTES} bytes)`)
      : await api({ method, ...target, body });
  const fault = faults.next(method, target.rawPath);
  if (fault === undefined) sendAnswer(response, await accept());
  else await applyFault(fault, response, accept, closing);
}
