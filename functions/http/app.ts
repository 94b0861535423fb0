import type { HttpSettings } from "@realtime-gateway/settings";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { getPath } from "hono/utils/url";
import type { Log } from "../log.ts";
import { withoutPrefix } from "./base-path.ts";
import type { HttpEnv } from "./context.ts";
import { cors } from "./cors.ts";
import { Problem, problemResponse } from "./problem.ts";
import { logInternalError, logProblem } from "./problem-log.ts";

export { type HttpEnv, requestId } from "./context.ts";
export { Problem, problemDetails } from "./problem.ts";

export interface Endpoint {
  readonly method: "GET" | "POST";
  /** Below the base path. */
  readonly path: string;
  readonly handle: (context: Context<HttpEnv>) => Response | Promise<Response>;
}

export interface HttpAppDeps {
  readonly config: HttpSettings;
  readonly log: Log;
}

/** Serves a few endpoints. Their other methods are 405, other paths 404, and each error becomes a problem that is logged once. */
export function createHttpApp(
  endpoints: readonly Endpoint[],
  { config: { basePath, allowedOrigins }, log }: HttpAppDeps,
): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>({ getPath: (request) => withoutPrefix(getPath(request), basePath) });
  if (allowedOrigins.length > 0) app.use(cors(allowedOrigins));
  for (const { method, path, handle } of endpoints)
    app.on(method, basePath + path, async (context) => {
      const response = await handle(context);
      response.headers.set("cache-control", "no-store");
      return response;
    });
  const answer = (context: Context<HttpEnv>, problem: Problem): Response => {
    logProblem(problem, context, log);
    return problemResponse(context, problem);
  };
  app.notFound((context) => {
    // Hono's routes ignore one slash at the end.
    const asked = context.req.path.replace(/(?<!\/)\/$/, "");
    const endpoint = endpoints.find(({ path }) => asked === basePath + path);
    return answer(context, endpoint ? notAllowed(endpoint.method) : NOT_FOUND);
  });
  app.onError((error, context) => {
    if (error instanceof Problem) return answer(context, error);
    logInternalError(error, context, log);
    return problemResponse(context, INTERNAL_ERROR);
  });
  return app;
}

const NOT_FOUND = new Problem(404, "not_found", "There is no such route");

const INTERNAL_ERROR = new Problem(500, "internal_error", "The request could not be handled");

const notAllowed = (method: Endpoint["method"]): Problem =>
  new Problem(405, "method_not_allowed", `Only ${method} is allowed here`, {
    allow: method === "GET" ? "GET, HEAD" : method,
  });
