import type { RecordedRequest } from "../http/request-log.ts";
import type { SeenEvent } from "./event-log.ts";
import { differences, type EventMatch, type EventPart } from "./event-match.ts";

const SHOWN = 5;
const SHOWN_CHARACTERS = 200;
const FIRST_STATUS_OF_FAILURES = 400;

interface Kind {
  /** The only part of the event that differs. */
  readonly part: EventPart;
  readonly title: string;
  readonly show: (seen: SeenEvent) => string;
}

const KINDS: readonly Kind[] = [
  { part: "data", title: "other data", show: ({ text }) => shortened(text) },
  { part: "event", title: "other event", show: ({ event }) => quoted(event) },
  { part: "channel", title: "other channel", show: ({ channel }) => quoted(channel) },
  { part: "app", title: "other app", show: ({ app }) => app },
  { part: "since", title: "earlier than `since`", show: ({ number }) => `number ${number}` },
];

/** The reason why no event was found, for a person who looks for the mistake: first what almost matched, then the rest. */
export function explainMiss(
  match: EventMatch,
  events: readonly SeenEvent[],
  calls: readonly RecordedRequest[],
): readonly string[] {
  const differing = events.map((seen) => ({ seen, parts: differences(seen, match) }));
  const near = KINDS.flatMap(({ part, title, show }) =>
    line(
      title,
      differing.filter(({ parts }) => parts.length === 1 && parts[0] === part).map(({ seen }) => show(seen)),
    ),
  );
  const others = differing.filter(({ parts }) => parts.length > 1).map(({ seen }) => nameOf(seen));
  const failed = calls
    .filter(({ status = 0 }) => status >= FIRST_STATUS_OF_FAILURES)
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
  const passed = events.length === 0 ? ["no event has passed"] : line("further events", others);
  return [...near, ...passed, ...line("calls to the HTTP API that failed", failed)];
}

/** The text of an event's name: its channel, its name and its app. */
const nameOf = ({ app, channel, event }: SeenEvent): string => `${quoted(event)} on ${quoted(channel)} in app ${app}`;

/** The newest different texts of a list, each with its number. */
function line(title: string, texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of [...texts].reverse()) counts.set(text, (counts.get(text) ?? 0) + 1);
  const shown = [...counts].slice(0, SHOWN).map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
  const more = counts.size > SHOWN ? [`${counts.size - SHOWN} more`] : [];
  return shown.length === 0 ? [] : [`${title}: ${[...shown, ...more].join(", ")}`];
}

export const quoted = (text: string): string => JSON.stringify(text);

const shortened = (text: string): string =>
  text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)` : text;
