import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { complaintAboutCaller } from "@realtime-gateway/loopback";
import { splitTarget } from "../http-api/event.ts";
import type { HttpStream, OwnRoute } from "../http-api/http-api.ts";
import { corsHeaders, problem } from "../http-api/own-answers.ts";
import type { HttpResponse } from "../http-api/response.ts";
import { readLimitedBody } from "../loopback/limited-body.ts";

export const CONTROL_PATH = "/_realtime/";

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** A request of the control API. */
export interface StackCall {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  /** The last part of the path, where the operation has `{id}`. */
  readonly id: string;
  readonly body: string;
  /** Aborts when the client closes its connection. */
  readonly signal: AbortSignal;
}

export interface ControlOperation {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/_realtime/`; the last part may be `{id}`. */
  readonly path: string;
  answer(call: StackCall): HttpResponse | HttpStream | Promise<HttpResponse | HttpStream>;
}

/** Serves `/_realtime/*` to programs and pages of this machine. No stage deploys it. */
export const createControlRoute = (operations: readonly ControlOperation[]): OwnRoute => ({
  path: CONTROL_PATH,
  async answer(request) {
    const complaint = complaintAboutCaller(request.headers);
    if (complaint !== undefined) return refuse(request, 403, "not_local", `Refused, because ${complaint}`);
    const response = await answerLocal(request, operations);
    const { origin } = request.headers;
    return origin === undefined ? response : { ...response, headers: { ...response.headers, ...corsHeaders(origin) } };
  },
});

async function answerLocal(
  request: IncomingMessage,
  operations: readonly ControlOperation[],
): Promise<HttpResponse | HttpStream> {
  const { path, query } = splitTarget(request.url ?? "");
  const asked = path.slice(CONTROL_PATH.length);
  const ofPath = operations.filter((operation) => idIn(asked, operation.path) !== undefined);
  if (ofPath.length === 0) return refuse(request, 404, "not_found", `The control API has no ${path}`);
  if (request.method === "OPTIONS") return { status: 204, headers: {}, cookies: [], body: Buffer.alloc(0) };
  // A path without {id} counts first: `events` and `events/{id}` never match the same path.
  const operation = ofPath.find(({ method }) => method === request.method);
  const methods = ofPath.map(({ method }) => method).join(" or ");
  if (operation === undefined) return refuse(request, 405, "method_not_allowed", `Use ${methods} for ${path}`);
  const body = await readLimitedBody(request, MAX_BODY_BYTES);
  if (body === undefined) return problem(413, "body_too_large", `A body has at most ${MAX_BODY_BYTES} bytes`);
  const closed = new AbortController();
  const abort = (): void => closed.abort();
  request.socket.once("close", abort);
  try {
    return await operation.answer({
      headers: request.headers,
      query: new URLSearchParams(query),
      id: idIn(asked, operation.path) ?? "",
      body: body.toString(),
      signal: closed.signal,
    });
  } catch (error) {
    return problem(500, "operation_failed", error instanceof Error ? error.message : String(error));
  } finally {
    request.socket.off("close", abort);
  }
}

/** The value of `{id}`, an empty text for a pattern without it, or nothing for another path. */
function idIn(asked: string, pattern: string): string | undefined {
  if (!pattern.endsWith("{id}")) return asked === pattern ? "" : undefined;
  const prefix = pattern.slice(0, -"{id}".length);
  const id = asked.startsWith(prefix) ? asked.slice(prefix.length) : "";
  return id === "" || id.includes("/") ? undefined : decoded(id);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refuse(request: IncomingMessage, status: number, code: string, detail: string): HttpResponse {
  // A client that still writes when it gets the answer would see a reset instead.
  request.resume();
  return problem(status, code, detail);
}
