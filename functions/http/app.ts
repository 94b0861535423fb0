import type { HttpSettings } from "@realtime-gateway/settings";
import type { Context as LambdaContext } from "aws-lambda";
import type { Context } from "hono";
import { cors } from "hono/cors";
import { Hono } from "hono/tiny";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Log } from "../log.ts";
import { BASE_PATH } from "./base-path.ts";

/** What Lambda hands a request's handler; absent when an app is called directly. */
export interface HttpEnv {
  Bindings: { readonly lambdaContext?: Pick<LambdaContext, "awsRequestId"> };
}

/** A refusal with a stable code; answered as RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the log alone, and in our own words: why. */
  readonly reason: string | undefined;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    reason?: string,
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.reason = reason;
  }
}

export interface Endpoint {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly handle: (context: Context<HttpEnv>) => Response | Promise<Response>;
}

export interface HttpAppDeps {
  readonly config: Pick<HttpSettings, "allowedOrigins">;
  readonly log: Log;
}

/** How long a browser may remember a preflight's answer. Chromium caps it at two hours. */
const PREFLIGHT_MAX_AGE_SECONDS = 7200;

/** An app of a few endpoints: their other methods are 405, everything else 404, every error a problem. */
export function createHttpApp(endpoints: readonly Endpoint[], { config, log }: HttpAppDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const { allowedOrigins } = config;
  if (allowedOrigins.length > 0)
    app.use(
      (context, next) => {
        // A preflight's answer goes no further than the next.
        context.header("cache-control", "no-store");
        return next();
      },
      cors({
        origin: allowedOrigins[0] === "*" ? "*" : [...allowedOrigins],
        allowMethods: ["GET", "POST"],
        allowHeaders: ["authorization", "content-type"],
        maxAge: PREFLIGHT_MAX_AGE_SECONDS,
      }),
    );
  for (const { method, path, handle } of endpoints)
    app.on(method, BASE_PATH + path, async (context) => {
      const response = await handle(context);
      response.headers.set("cache-control", "no-store");
      return response;
    });
  app.notFound((context) => {
    const known = endpoints.find(({ path }) => context.req.path === BASE_PATH + path);
    return answer(context, known ? notAllowed(known.method) : NOT_FOUND);
  });
  app.onError((error, context) => {
    if (error instanceof Problem) return answer(context, error);
    log.error("internal_error", { error: error.name, at: framesOf(error), request_id: requestId(context) });
    return answer(context, new Problem(500, "internal_error", "The request could not be handled"));
  });
  return app;
}

const NOT_FOUND = new Problem(404, "not_found", "There is no such route");

const notAllowed = (method: Endpoint["method"]): Problem =>
  new Problem(405, "method_not_allowed", `Only ${method} is allowed here`, {
    allow: method === "GET" ? "GET, HEAD" : method,
  });

const MAX_FRAMES = 5;

/** Where an error came from. Its message may hold what was sent, and is left out. */
const framesOf = ({ stack = "", message }: Error): readonly string[] =>
  (stack.replace(message, "").match(/^ {4}at .+$/gm) ?? []).slice(0, MAX_FRAMES).map((frame) => frame.trim());

/** The id that Lambda's own log records carry. */
export const requestId = (context: Context<HttpEnv>): string | undefined => context.env?.lambdaContext?.awsRequestId;

function answer(context: Context<HttpEnv>, problem: Problem): Response {
  return context.body(JSON.stringify(problemDetails(problem, requestId(context))), problem.status, {
    ...problem.headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
}

/** RFC 9457, with our stable `code`. */
export const problemDetails = ({ status, code, message }: Problem, request_id: string | undefined) => ({
  type: "about:blank",
  title: TITLES[status] ?? "Error",
  status,
  code,
  detail: message,
  request_id,
});

/** RFC 9457: with `about:blank` the title is the status' own phrase. */
const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  503: "Service Unavailable",
};
