import { membersOf, objectText, prettyJson } from "./json-text.ts";

/** An event that its user composes. */
export interface EventDraft {
  /** The event's name. */
  readonly type: string;
  /** JSON text of the payload, as its user writes it. */
  readonly data: string;
  /** The envelope's id. Empty: a new one for each sent event. */
  readonly id: string;
}

interface Stamp {
  readonly id: string;
  readonly time: string;
}

/** The CloudEvent of a draft, with the exact text of its payload. */
export function envelopeText({ type, data }: EventDraft, { id, time }: Stamp): string {
  const envelope = { specversion: "1.0", id, source: "/console", type, time };
  return `${JSON.stringify(envelope).slice(0, -1)},"data":${data.trim() === "" ? "null" : data}}`;
}

/** The draft that sends a message again. `undefined` if the message is no CloudEvent or webhook envelope with an object. */
export function draftOf(body: string): EventDraft | undefined {
  const members = new Map(membersOf(body)?.map(({ name, value }) => [name, value]));
  const type = members.get("type") ?? members.get("event");
  const data = members.get("data");
  if (type === undefined || data === undefined || !type.startsWith('"') || !data.startsWith("{")) return undefined;
  return { type: String(JSON.parse(type)), data: prettyJson(data), id: "" };
}

/** The draft of an event's sample. */
export const sampleDraft = (type: string, sample: object): EventDraft => ({
  type,
  data: prettyJson(JSON.stringify(sample)),
  id: "",
});

/** A payload above the limit: the draft with a long list, as a comparison of citations is. */
export function oversized({ type, data, id }: EventDraft): EventDraft {
  const quotes = Array.from({ length: 60 }, (_, index) => ({ index, quote: "fourteen days to withdraw ".repeat(8) }));
  const members = (membersOf(data) ?? []).filter(({ name }) => name !== "citations");
  const citations = { name: "citations", value: JSON.stringify(quotes) };
  return { type, id, data: prettyJson(objectText([...members, citations])) };
}
