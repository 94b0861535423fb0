import { json, problem } from "../http-api/own-answers.ts";
import type { HttpResponse } from "../http-api/response.ts";
import { type EventAnswer, type EventSender, eventsIn } from "./send-events.ts";

export const EVENTS_PATH = "/_realtime/events";

const USAGE = `POST one event or a list as JSON, for example {"type":"notification","data":{"type":"info","message":"hello"}}`;

/** `POST /_realtime/events`: the queue for callers without an SDK. */
export async function answerEvents(text: string, sender: Pick<EventSender, "send">): Promise<HttpResponse> {
  const { bodies, isList } = eventsIn(text);
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
