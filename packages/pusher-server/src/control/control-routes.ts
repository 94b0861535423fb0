import type { Controls } from "../controls.ts";
import type { SeenEvent } from "../events/event-log.ts";
import { matches } from "../events/event-match.ts";
import { EventNotSeenError } from "../events/wait-for.ts";
import type { AnyFault } from "../faults/fault-schema.ts";
import { mistakesInFault, parseFault } from "../faults/parse-fault.ts";
import { answerWith, type ControlAnswer, NO_CONTENT, problemWith } from "./control-answer.ts";
import {
  DISCONNECT_FIELDS,
  fieldsIn,
  fieldsInBody,
  fieldsOfQuery,
  invalid,
  jsonOf,
  LIST_FIELDS,
  MAX_LISTED_EVENTS,
  WAIT_FIELDS,
} from "./control-input.ts";

export interface ControlCall {
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Aborted when the caller is gone. */
  readonly gone: AbortSignal;
}

type Handler = (controls: Controls, call: ControlCall) => ControlAnswer | Promise<ControlAnswer>;
export type ControlMethod = "GET" | "POST" | "DELETE";

/** Every route of the control API. `docs/contract/pusher-server.yaml` describes the same ones. */
export const CONTROL_ROUTES: Readonly<Record<string, Readonly<Partial<Record<ControlMethod, Handler>>>>> = {
  "/_control/events": { GET: listEvents },
  "/_control/wait": { POST: waitForEvent },
  "/_control/channels": { GET: listChannels },
  "/_control/connections": { GET: listConnections },
  "/_control/faults": { GET: listFaults, POST: addFault, DELETE: clearFaults },
  "/_control/disconnect": { POST: disconnect },
  "/_control/reset": { POST: reset },
};

function listEvents({ events }: Controls, { query }: ControlCall): ControlAnswer {
  const input = fieldsIn(fieldsOfQuery(query), LIST_FIELDS);
  if ("problem" in input) return input.problem;
  const { search = "", limit = MAX_LISTED_EVENTS, ...match } = input.value;
  const found = events.entries.filter((seen) => matches(seen, match) && mentions(seen, search)).slice(0, limit);
  return answerWith({ events: found, last: events.last });
}

const mentions = ({ channel, event, text }: SeenEvent, search: string): boolean =>
  [channel, event, text].some((part) => part.includes(search));

async function waitForEvent(controls: Controls, { body, gone }: ControlCall): Promise<ControlAnswer> {
  const input = fieldsInBody(body, WAIT_FIELDS);
  if ("problem" in input) return input.problem;
  const { timeoutMs, ...match } = input.value;
  const options = { signal: gone, ...(timeoutMs !== undefined && { timeoutMs }) };
  try {
    return answerWith(await controls.waitFor(match, options));
  } catch (error) {
    if (!(error instanceof EventNotSeenError)) throw error;
    return problemWith(404, "event_not_seen", error.message, { nearMisses: error.nearMisses });
  }
}

function listChannels(controls: Controls): ControlAnswer {
  return answerWith({ channels: controls.channels() });
}

function listConnections(controls: Controls): ControlAnswer {
  return answerWith({ connections: controls.connections() });
}

function listFaults({ faults }: Controls): ControlAnswer {
  return answerWith({ faults: faults.list() });
}

function addFault(controls: Controls, { body }: ControlCall): ControlAnswer {
  const json = jsonOf(body);
  if ("problem" in json) return json.problem;
  const mistakes = mistakesInFault(json.value);
  if (mistakes.length > 0) return invalid(mistakes.join("; "));
  const fault: AnyFault = parseFault(json.value);
  controls.faults.add(fault);
  return listFaults(controls);
}

function clearFaults(controls: Controls): ControlAnswer {
  controls.faults.clear();
  return NO_CONTENT;
}

function disconnect(controls: Controls, { body }: ControlCall): ControlAnswer {
  const input = fieldsInBody(body, DISCONNECT_FIELDS);
  if ("problem" in input) return input.problem;
  const { code, reason, ...match } = input.value;
  return answerWith({ disconnected: controls.disconnect(match, code, reason) });
}

async function reset(controls: Controls): Promise<ControlAnswer> {
  await controls.reset();
  return NO_CONTENT;
}
