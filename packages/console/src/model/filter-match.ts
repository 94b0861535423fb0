import type { GatewayEvent } from "@realtime-gateway/local/control";
import type { EventFilter, FilterTerm } from "./filter.ts";

export type EventTest = (event: GatewayEvent) => boolean;

/**
 * Makes a test from a filter. `inPayload` has the keys of events whose payload has the text: only the stack has the payloads.
 */
export function eventTest({ terms }: EventFilter, inPayload: (text: string, key: string) => boolean): EventTest {
  const tests = terms.map((term) => {
    const test = termTest(term, inPayload);
    return term.not ? (event: GatewayEvent) => !test(event) : test;
  });
  return (event) => tests.every((test) => test(event));
}

function termTest(term: FilterTerm, inPayload: (text: string, key: string) => boolean): EventTest {
  switch (term.on) {
    case "longer":
      return ({ ms }) => ms !== undefined && ms > term.ms;
    case "shorter":
      return ({ ms }) => ms !== undefined && ms < term.ms;
    case "type":
      return ({ event = "" }) => matchesPattern(term.value, event);
    case "channel":
      return ({ channels }) => channels.some(({ name }) => matchesPattern(term.value, name));
    case "id":
      return (event) => idsOf(event).some((id) => id.toLowerCase().includes(term.value));
    case "code":
      return ({ code = "" }) => matchesPattern(term.value, code);
    case "is":
      return ({ status, flags }) => status === term.value || flags.some((flag) => flag === term.value);
    case "text":
      return (event) => hasText(event, term.value) || inPayload(term.value, event.key);
  }
}

/** The envelope's id, the message's id, and the ids in the names of channels. */
const idsOf = ({ id, messageId, channels }: GatewayEvent): readonly string[] =>
  [id, messageId, ...channels.map(({ name }) => name)].filter((each) => each !== undefined);

const hasText = (event: GatewayEvent, text: string): boolean =>
  [event.event, event.code, event.detail, ...idsOf(event)].some((each) => each?.toLowerCase().includes(text));

/** `*` replaces any characters, in any case. */
function matchesPattern(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const lower = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return lower === first;
  if (!lower.startsWith(first) || !lower.slice(first.length).endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = lower.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= lower.length - last.length;
}
