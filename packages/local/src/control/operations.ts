import type { HttpStream } from "../http-api/http-api.ts";
import { json, problem } from "../http-api/own-answers.ts";
import type { HttpResponse } from "../http-api/response.ts";
import { answerEvents } from "../send-events/events-route.ts";
import type { EventSender } from "../send-events/send-events.ts";
import { anyBody, readBody, selectionBody, waitBody } from "./bodies.ts";
import { catalogOf } from "./catalog.ts";
import type { Control } from "./control.ts";
import type { ControlOperation, StackCall } from "./control-route.ts";
import { parseStackFault } from "./parse-stack-fault.ts";
import { createQueryReader, type QueryReader } from "./query-reader.ts";
import { EVENT_FLAGS, type ListedDeadLetter, type StackFault } from "./types.ts";

/** More rows than a page shows at once. */
const MAX_ROWS = 1_000;
const DEFAULT_ROWS = 100;
const PARTS = ["pusher", "relay", "queue"] as const satisfies readonly StackFault["part"][];

export const sendEvents = (sender: Pick<EventSender, "send">): ControlOperation => ({
  method: "POST",
  path: "events",
  answer: ({ body }) => answerEvents(body, sender),
});

/** Every operation of docs/contract/local.yaml but `sendEvents`. */
export const controlOperations = (control: Control): readonly ControlOperation[] => [
  ...eventOperations(control),
  ...deadLetterOperations(control),
  ...faultOperations(control),
  { method: "GET", path: "catalog", answer: () => json(200, { events: catalogOf(control.form) }) },
  { method: "GET", path: "channels", answer: () => json(200, { channels: control.channels() }) },
  { method: "GET", path: "queue", answer: async () => json(200, await control.queue()) },
  { method: "GET", path: "figures", answer: () => json(200, control.figures()) },
  { method: "GET", path: "env", answer: () => json(200, { env: control.env(), urls: control.urls() }) },
  {
    method: "POST",
    path: "reset",
    async answer() {
      await control.reset();
      return json(200, {});
    },
  },
];

const eventOperations = (control: Control): readonly ControlOperation[] => [
  { method: "GET", path: "events", answer: ({ query }) => listEvents(query, control) },
  { method: "GET", path: "events/{id}", answer: ({ id }) => explainEvent(id, control) },
  { method: "GET", path: "stream", answer: (call) => openStream(call, control) },
  { method: "POST", path: "wait", answer: (call) => wait(call, control) },
  {
    method: "POST",
    path: "preview",
    answer({ body }) {
      const preview = control.preview(body);
      return "code" in preview ? problem(422, preview.code, preview.detail, preview.event) : json(200, preview);
    },
  },
];

const deadLetterOperations = ({ deadLetters }: Control): readonly ControlOperation[] => [
  {
    method: "GET",
    path: "dead-letters",
    answer: ({ query }) =>
      withQuery(query, async (read) => {
        const [code, event] = [read.text("code"), read.text("event")];
        const limit = read.integer("limit", 1, MAX_ROWS) ?? DEFAULT_ROWS;
        const all = await deadLetters.list();
        const filter = { ...(code !== undefined && { code }), ...(event !== undefined && { event }) };
        const matching = Object.keys(filter).length === 0 ? all : await deadLetters.list(filter);
        return { total: all.length, byCode: countByCode(all), deadLetters: matching.slice(0, limit) };
      }),
  },
  {
    method: "POST",
    path: "dead-letters/redrive",
    answer: (call) =>
      withSelection(call, async (filter, body) => {
        const messageIds = await deadLetters.redrive(filter, body);
        return { redriven: messageIds.length, messageIds };
      }),
  },
  {
    method: "POST",
    path: "dead-letters/drop",
    answer: (call) => withSelection(call, async (filter) => ({ dropped: await deadLetters.drop(filter) })),
  },
];

/** A sender may choose any code, also one that is a member of every object. */
function countByCode(deadLetters: readonly ListedDeadLetter[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { code } of deadLetters) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const faultOperations = ({ faults }: Control): readonly ControlOperation[] => [
  { method: "GET", path: "faults", answer: () => json(200, { faults: faults.list() }) },
  {
    method: "POST",
    path: "faults",
    answer({ body }) {
      const read = readBody(body, anyBody());
      if ("complaint" in read) return invalidBody(read.complaint);
      try {
        faults.add(parseStackFault(read.value));
      } catch (error) {
        return invalidBody(error instanceof Error ? error.message : String(error));
      }
      return json(200, { faults: faults.list() });
    },
  },
  {
    method: "DELETE",
    path: "faults",
    answer: ({ query }) =>
      withQuery(query, (read) => {
        const [part] = read.words("part", PARTS) ?? [];
        if (read.complaints().length === 0) faults.clear(part);
        return { faults: faults.list() };
      }),
  },
];

function listEvents(query: URLSearchParams, control: Control): Promise<HttpResponse> {
  return withQuery(query, (read) => {
    const { seq } = control;
    const since = read.integer("since", 0, Number.MAX_SAFE_INTEGER);
    const minMs = read.integer("minMs", 0, Number.MAX_SAFE_INTEGER);
    const [type, id, channel, text] = [read.text("type"), read.text("id"), read.text("channel"), read.text("text")];
    const is = read.words("is", EVENT_FLAGS);
    const search = {
      limit: read.integer("limit", 1, MAX_ROWS) ?? DEFAULT_ROWS,
      ...(since !== undefined && { since }),
      ...(minMs !== undefined && { minMs }),
      ...(type !== undefined && { type }),
      ...(id !== undefined && { id }),
      ...(channel !== undefined && { channel }),
      ...(text !== undefined && { text }),
      ...(is !== undefined && { is }),
    };
    return { seq, events: control.search(search) };
  });
}

function explainEvent(id: string, control: Control): HttpResponse {
  const explanations = control.explain(id);
  if (explanations.length > 0) return json(200, { explanations });
  return problem(404, "unknown_event", `The stack has not seen the id ${id}, or has forgotten it`);
}

function openStream({ query, headers }: StackCall, { openStream: open }: Control): HttpResponse | HttpStream {
  const read = createQueryReader(query);
  const since = read.integer("since", 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const lastId = Number(headers["last-event-id"] ?? since);
  const [complaint] = [...read.complaints(), ...(Number.isSafeInteger(lastId) ? [] : ["Last-Event-ID is no number"])];
  if (complaint !== undefined) return problem(400, "invalid_query", complaint);
  const streamHeaders = { "content-type": "text/event-stream", "cache-control": "no-store" };
  return { status: 200, headers: streamHeaders, open: (outgoing) => open(outgoing, lastId) };
}

async function wait({ body, signal }: StackCall, control: Control): Promise<HttpResponse> {
  const read = readBody(body, waitBody());
  if ("complaint" in read) return invalidBody(read.complaint);
  const { timeoutMs, ...match } = read.value;
  const waited = await control.wait(withoutUndefined(match), {
    signal,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  return "detail" in waited ? problem(408, "not_arrived", waited.detail) : json(200, waited.arrival);
}

/** Answers with the value, or with what is wrong with the query. */
async function withQuery(
  query: URLSearchParams,
  answer: (read: QueryReader) => object | Promise<object>,
): Promise<HttpResponse> {
  const read = createQueryReader(query);
  const value = await answer(read);
  const complaints = read.complaints();
  return complaints.length > 0 ? problem(400, "invalid_query", complaints.join("; ")) : json(200, value);
}

type SelectionFilter = Parameters<Control["deadLetters"]["drop"]>[0];

async function withSelection(
  { body }: StackCall,
  change: (filter: SelectionFilter, body: string | undefined) => Promise<object>,
): Promise<HttpResponse> {
  const read = readBody(body, selectionBody());
  if ("complaint" in read) return invalidBody(read.complaint);
  const { all, body: edited, ...given } = read.value;
  const filter = withoutUndefined(given);
  const isEmpty = Object.keys(filter).length === 0;
  if (isEmpty !== (all === true)) return invalidBody("Name messageIds, a code or an event, or set all to true");
  if (edited !== undefined && filter.messageIds?.length !== 1)
    return invalidBody("A body needs exactly one message id");
  return json(200, await change(filter, edited));
}

type Given<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** The same members, without those that have no value. */
function withoutUndefined<Members extends object>(members: Members): Given<Members> {
  const given: Given<Members> = { ...members };
  for (const name in given) if (given[name] === undefined) delete given[name];
  return given;
}

const invalidBody = (detail: string): HttpResponse => problem(400, "invalid_body", detail);
