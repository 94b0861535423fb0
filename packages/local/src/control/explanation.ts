import { storyText } from "@realtime-gateway/operations/explain";
import { eventState } from "./event-state.ts";
import type { Journal } from "./journal.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { EventExplanation, GatewayEvent } from "./types.ts";

/** More would be no explanation. The newest ones count. */
const MAX_EXPLANATIONS = 100;

/** The explanation of each message with this id, oldest first. It is the event's, the message's, or the name of a channel. */
export function explain(journal: Journal, id: string, limitBytes: number): readonly EventExplanation[] {
  const { entries } = journal;
  return entries
    .filter(({ key, reading, publications }) => {
      const channels = [...reading.routes, ...publications];
      return key === id || reading.id === id || channels.some(({ channel }) => channel === id);
    })
    .slice(-MAX_EXPLANATIONS)
    .map((entry) => explainEntry(entry, entries, limitBytes));
}

export function explainEntry(
  entry: JournalEntry,
  entries: readonly JournalEntry[],
  limitBytes: number,
): EventExplanation {
  const { from, reading, body, attributes, story } = entry;
  const { form, source, time, sent, published, routes, mismatches } = reading;
  const event = eventState(entry);
  return {
    event,
    ...(from === "queue" && {
      envelope: {
        form,
        ...(source !== undefined && { source }),
        ...(time !== undefined && { time }),
        body,
        ...(Object.keys(attributes).length > 0 && { attributes }),
      },
    }),
    ...payloadOf(sent ?? published, published),
    routes,
    mismatches,
    receives: receivesOf(entry),
    siblings: siblingsOf(entry, entries),
    text:
      from === "http"
        ? [`${event.event} was published on ${event.channels.map(({ name }) => name).join(", ")} without the queue`]
        : storyText(
            {
              ...story,
              ...(reading.name !== undefined && { event: reading.name }),
              ...(reading.id !== undefined && { eventId: reading.id }),
              acceptedAtMs: entry.acceptedAtMs,
              routes,
              mismatches,
              receives: receivesOf(entry),
            },
            {
              form,
              limitBytes,
              ...(source !== undefined && { source }),
              ...(event.publishedAtMs !== undefined && { publishedAtMs: event.publishedAtMs }),
              subscribers: event.channels.flatMap(({ name, subscribers }) =>
                subscribers === undefined ? [] : [{ name, subscribers }],
              ),
            },
          ),
  };
}

const payloadOf = (sent: string | undefined, published: string | undefined) =>
  sent === undefined ? {} : { payload: { sent, ...(published !== undefined && { published }) } };

/** Those of the relay's log, and the newest one if the log does not have it. */
function receivesOf({ story, receives, invocationError, acceptedAtMs }: JournalEntry) {
  if (receives === 0 || story.receives.some(({ number }) => number === receives)) return story.receives;
  const missing =
    invocationError === undefined ? {} : { outcome: "failed", code: "invocation_failed", detail: invocationError };
  return [...story.receives, { number: receives, startedAtMs: acceptedAtMs, attempts: [], ...missing }];
}

function siblingsOf(entry: JournalEntry, entries: readonly JournalEntry[]): readonly GatewayEvent[] {
  const { key, reading, story } = entry;
  return entries
    .filter(
      (other) =>
        other !== entry &&
        ((reading.id !== undefined && other.reading.id === reading.id) ||
          other.key === story.replacedBy ||
          other.story.replacedBy === key),
    )
    .map(eventState);
}
