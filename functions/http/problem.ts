import type { HTTP_PROBLEMS, HttpCode } from "@realtime-gateway/codes";
import type { Context } from "hono";
import { type HttpEnv, requestId } from "./context.ts";

/** The status of a code in the table of codes. Only its type is used, so no bundle carries the table's texts. */
export type HttpStatusOf<Code extends HttpCode> = (typeof HTTP_PROBLEMS)[Code]["status"];

/** How a problem is logged. */
interface ProblemLogging {
  /** The thrower has logged it, in a log record of its own. */
  readonly isLogged?: boolean;
  /** The `detail` of its log record, if that has more than the answer to the client. */
  readonly logDetail?: string;
}

/** An answer other than success, with a stable code. A handler throws it, and the app's `onError` answers it. */
export class Problem<Code extends HttpCode = HttpCode> extends Error {
  /** Lambda logs the name of the class as `errorType`. Minified bundles shorten it. */
  static override readonly name = "Problem";
  override readonly name = "Problem";
  readonly status: HttpStatusOf<Code>;
  readonly code: Code;
  readonly headers: Readonly<Record<string, string>>;
  readonly isLogged: boolean;
  readonly logDetail: string;

  /** The compiler accepts only the status that the table of codes has for this code. */
  constructor(
    status: HttpStatusOf<Code>,
    code: Code,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    { isLogged = false, logDetail = detail }: ProblemLogging = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.isLogged = isLogged;
    this.logDetail = logDetail;
  }
}

/** RFC 9457 problem details, with the stable `code` and Lambda's request id. */
export const problemDetails = ({ status, code, message }: Problem, request_id: string | undefined) => ({
  type: "about:blank",
  title: STATUS_PHRASES[status],
  status,
  code,
  detail: message,
  request_id,
});

/** RFC 9110, section 15. RFC 9457: with the type `about:blank`, the title is the status' own phrase. */
export const STATUS_PHRASES: Readonly<Record<HttpStatusOf<HttpCode> | 200 | 204, string>> = {
  200: "OK",
  204: "No Content",
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

export const problemResponse = (context: Context<HttpEnv>, problem: Problem): Response =>
  context.body(JSON.stringify(problemDetails(problem, requestId(context))), problem.status, {
    ...problem.headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
