import { type IncomingMessage, STATUS_CODES } from "node:http";
import { complaintAboutCaller } from "@realtime-gateway/loopback";
import type { OwnRoute } from "../http-api/http-api.ts";
import type { HttpResponse } from "../http-api/response.ts";
import { readLimitedBody } from "../loopback/limited-body.ts";
import { type EventAnswer, type EventSender, eventsIn } from "./send-events.ts";

export const EVENTS_PATH = "/_realtime/events";

const MAX_BODY_BYTES = 10 * 1024 * 1024;
const USAGE = `POST one event or a list as JSON, for example {"type":"notification","data":{"type":"info","message":"hello"}}`;

/** `POST /_realtime/events`: the queue for callers without an SDK. It exists on this machine only, and no stage deploys it. */
export const createEventsRoute = (sender: Pick<EventSender, "send">): OwnRoute => ({
  path: EVENTS_PATH,
  async answer(request) {
    const complaint = complaintAboutCaller(request.headers);
    if (complaint !== undefined) return refuse(request, 403, "not_local", `Refused, because ${complaint}`);
    const response = await answerLocal(request, sender);
    const { origin } = request.headers;
    return origin === undefined ? response : { ...response, headers: { ...response.headers, ...corsHeaders(origin) } };
  },
});

async function answerLocal(request: IncomingMessage, sender: Pick<EventSender, "send">): Promise<HttpResponse> {
  if (request.method === "OPTIONS") return { status: 204, headers: {}, cookies: [], body: Buffer.alloc(0) };
  if (request.method !== "POST") return refuse(request, 405, "method_not_allowed", USAGE);
  const body = await readLimitedBody(request, MAX_BODY_BYTES);
  if (body === undefined) return problem(413, "body_too_large", `A body has at most ${MAX_BODY_BYTES} bytes`);
  const { bodies, isList } = eventsIn(body.toString());
  if (bodies.length === 0) return problem(400, "no_events", `The list is empty. ${USAGE}`);
  const answers = await sender.send(bodies);
  const [only] = answers;
  if (isList || only === undefined) return json(statusOf(answers), answers);
  return "code" in only ? problem(422, only.code, only.detail, only.event) : json(200, only);
}

/** With 200, every event is in the queue. */
function statusOf(answers: readonly EventAnswer[]): number {
  const problems = answers.filter((answer) => "code" in answer).length;
  if (problems === 0) return 200;
  return problems === answers.length ? 422 : 207;
}

function refuse(request: IncomingMessage, status: number, code: string, detail: string): HttpResponse {
  // A client that still writes when it gets the answer would see a reset instead.
  request.resume();
  return problem(status, code, detail);
}

const problem = (status: number, code: string, detail: string, event?: string): HttpResponse => ({
  ...json(status, { type: "about:blank", title: STATUS_CODES[status], status, code, detail, event }),
  headers: { "content-type": "application/problem+json" },
});

const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: { "content-type": "application/json" },
  cookies: [],
  body: Buffer.from(`${JSON.stringify(value)}\n`),
});

/** For pages of this machine; the caller has been checked. */
const corsHeaders = (origin: string): Readonly<Record<string, string>> => ({
  "access-control-allow-origin": origin,
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type",
  vary: "origin",
});
