import type { Context } from "hono";
import type { Log } from "../log.ts";
import { type HttpEnv, requestId } from "./context.ts";
import type { Problem } from "./problem.ts";

/** Logs a problem unless its thrower did. An operator then finds every 4xx and 5xx by its code. */
export function logProblem({ status, code, logDetail, isLogged }: Problem, context: Context<HttpEnv>, log: Log): void {
  if (isLogged) return;
  const record = {
    code,
    status,
    detail: logDetail,
    // A front in front of another base path is the usual cause of a 404.
    ...(status === 404 && { path: shown(context.req.path) }),
    request_id: requestId(context),
  };
  if (status >= 500) log.error("http_failure", record);
  else log.warn("http_problem", record);
}

/** A bug: the stack without the message, because a message may contain what the client sent. */
export function logInternalError({ name, stack = "", message }: Error, context: Context<HttpEnv>, log: Log): void {
  const frames = stack.replace(message, "").match(/^ {4}at .+$/gm) ?? [];
  const at = frames.slice(0, MAX_FRAMES).map((frame) => frame.trim());
  log.error("internal_error", { code: "internal_error", status: 500, error: name, at, request_id: requestId(context) });
}

const MAX_FRAMES = 5;

const MAX_PATH_LENGTH = 200;
/** A longer segment may be a token that somebody put into the address. No route and few stages have one. */
const LONG_SEGMENT = /[^/]{25,}/g;

const shown = (path: string): string => path.slice(0, MAX_PATH_LENGTH).replace(LONG_SEGMENT, "…");
