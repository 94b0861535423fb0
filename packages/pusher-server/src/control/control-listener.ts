import type { IncomingMessage, ServerResponse } from "node:http";
import { complaintAboutCaller, isLoopbackAddress } from "@realtime-gateway/loopback";
import type { Controls } from "../controls.ts";
import { readBody } from "../http/read-body.ts";
import { type ControlAnswer, problemWith, sendControlAnswer } from "./control-answer.ts";
import { CONTROL_ROUTES, type ControlMethod } from "./control-routes.ts";

/** Our choice: far above any fault or match. */
const MAX_BODY_BYTES = 65_536;

export const isControlTarget = (target: string): boolean => /^\/_control(?:[/?]|$)/.test(target);

/** Answers one request of the control API, for callers on this machine only. */
export async function control(controls: Controls, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const body = await readBody(request, MAX_BODY_BYTES);
  const answer = await answerTo(controls, request, body, gone.signal);
  if (!gone.signal.aborted) sendControlAnswer(response, answer);
}

function answerTo(
  controls: Controls,
  { method = "GET", url = "/", headers, socket }: IncomingMessage,
  body: Buffer | undefined,
  gone: AbortSignal,
): ControlAnswer | Promise<ControlAnswer> {
  const complaint = isLoopbackAddress(socket.remoteAddress)
    ? complaintAboutCaller(headers)
    : "the control API answers only callers on this machine";
  if (complaint !== undefined) return problemWith(403, "not_local", complaint);
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const methods = Object.hasOwn(CONTROL_ROUTES, path) ? CONTROL_ROUTES[path] : undefined;
  if (methods === undefined) return problemWith(404, "not_found", `${path} is no route of the control API`);
  const handler = isMethod(method) ? methods[method] : undefined;
  if (handler === undefined) return notAllowed(path, Object.keys(methods));
  if (body === undefined) return problemWith(413, "body_too_large", `the body is larger than ${MAX_BODY_BYTES} bytes`);
  return handler(controls, { query: new URLSearchParams(query), body, gone });
}

const isMethod = (method: string): method is ControlMethod => ["GET", "POST", "DELETE"].includes(method);

const notAllowed = (path: string, methods: readonly string[]): ControlAnswer => ({
  ...problemWith(405, "method_not_allowed", `${path} answers ${methods.join(", ")}`),
  headers: { allow: methods.join(", ") },
});
