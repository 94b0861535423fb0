import type { JournalEntry } from "./journal-entry.ts";
import { tracedReceive } from "./journal-entry.ts";
import type { EventChannel, EventFlag, EventStatus, GatewayEvent } from "./types.ts";

/** The code of a message whose invocation ended without an answer, for example because the relay was killed. */
export const INVOCATION_FAILED = "invocation_failed";

export function statusOf(entry: JournalEntry): EventStatus {
  if (entry.from === "http") return "published";
  const receive = tracedReceive(entry);
  if (receive === undefined) return entry.invocationError === undefined ? "waiting" : "failed";
  switch (receive.outcome) {
    case "published":
      return entry.story.dryRun ? "dry-run" : "published";
    case "conflated":
      return "replaced";
    case "rejected":
      return "dead-lettered";
    case "duplicate":
    case "expired":
    case "failed":
      return receive.outcome;
    default:
      return "accepted";
  }
}

/** The entry as the control API shows it. */
export function eventState(entry: JournalEntry): GatewayEvent {
  const { key, from, seq, reading, story, acceptedAtMs, receives } = entry;
  const status = statusOf(entry);
  const attempts = story.receives.reduce((sum, { attempts: { length } }) => sum + length, 0);
  const publishedAtMs = publishedAt(entry, status);
  return {
    seq,
    key,
    from,
    status,
    flags: flagsOf(entry, status, attempts),
    ...(reading.name !== undefined && { event: reading.name }),
    ...(reading.id !== undefined && { id: reading.id }),
    ...(from === "queue" && { messageId: key }),
    channels: channelsOf(entry),
    ...(reading.bytes !== undefined && { bytes: reading.bytes }),
    ...(reading.truncatedFromBytes !== undefined && { payloadBytes: reading.truncatedFromBytes }),
    acceptedAtMs,
    ...(publishedAtMs !== undefined && { publishedAtMs, ms: Math.max(0, publishedAtMs - acceptedAtMs) }),
    receives,
    attempts,
    ...failureOf(entry, status),
    ...(story.replacedBy !== undefined && { replacedBy: story.replacedBy }),
  };
}

function flagsOf({ reading, receives }: JournalEntry, status: EventStatus, attempts: number): readonly EventFlag[] {
  return [
    ...(status === "accepted" ? [] : [status]),
    ...(reading.truncatedFromBytes === undefined ? [] : ["truncated" as const]),
    ...(receives > 1 || attempts > 1 ? ["retried" as const] : []),
    ...(reading.mismatches.length === 0 ? [] : ["mismatch" as const]),
  ];
}

function channelsOf({ reading, publications }: JournalEntry): readonly EventChannel[] {
  const subscribers = new Map(publications.map(({ channel, subscribers: count }) => [channel, count]));
  const names = new Set([...reading.routes.map(({ channel }) => channel), ...subscribers.keys()]);
  return [...names].map((name) => {
    const count = subscribers.get(name);
    return { name, ...(count !== undefined && { subscribers: count }) };
  });
}

const publishedAt = ({ publications, story }: JournalEntry, status: EventStatus): number | undefined =>
  status === "published" ? (publications.at(-1)?.atMs ?? story.receives.at(-1)?.endedAtMs) : undefined;

function failureOf({ story, invocationError }: JournalEntry, status: EventStatus) {
  if (status !== "failed" && status !== "dead-lettered") return {};
  if (invocationError !== undefined) return { code: INVOCATION_FAILED, detail: invocationError };
  const { code, detail } = story;
  return { ...(code !== undefined && { code }), ...(detail !== undefined && { detail }) };
}
