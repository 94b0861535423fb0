import { type MessageStory, newStory, type RelayAttempt, type RelayReceive, routesOf } from "./story.ts";

/** A log record of the relay: its `message` is the name. */
export type RelayRecord = Readonly<Record<string, unknown>>;

/** The ids of the messages that a log record is about. */
export function messageIdsIn({ message_id: one, message_ids: many }: RelayRecord): readonly string[] {
  const ids: readonly unknown[] = Array.isArray(many) ? many : [one];
  return ids.filter((id) => typeof id === "string");
}

/** The story of a message with one more log record. Those of an invocation come in the order of their writing. */
export function addRecord(story: MessageStory, record: RelayRecord): MessageStory {
  switch (record.message) {
    case "payload_drifted":
      return { ...story, mismatches: mismatchesIn(record.mismatches) };
    case "message_dead_lettered":
    case "message_failed":
    case "messages_kept":
    case "pusher_misconfigured":
      return { ...story, ...textMembers(record, { code: "code", detail: "detail" }) };
    case "internal_error":
      return { ...story, code: "internal_error", ...textMembers(record, { detail: "error" }) };
    case "message_outcome":
      return withOutcome(story, record);
    default:
      return story;
  }
}

/** The story of each message that the log names, in the order of the log. */
export function storiesOf(records: readonly RelayRecord[]): readonly MessageStory[] {
  const stories = new Map<string, MessageStory>();
  for (const record of records)
    for (const id of messageIdsIn(record)) stories.set(id, addRecord(stories.get(id) ?? newStory(id), record));
  return [...stories.values()];
}

function withOutcome(story: MessageStory, record: RelayRecord): MessageStory {
  const trace: RelayRecord = Object(record.trace);
  const channels = textsIn(record.channels);
  const receive = receiveOf(record, trace, story);
  const isFinal = receive.outcome !== "failed" && receive.outcome !== "rejected";
  const { code: _, detail: __, ...withoutFailure } = story;
  return {
    ...(isFinal ? withoutFailure : story),
    ...textMembers(record, { event: "event", eventId: "event_id", code: "code" }),
    ...textMembers(trace, { detail: "detail", replacedBy: "replaced_by", duplicateOf: "duplicate_of" }),
    ...numberMembers(trace, { acceptedAtMs: "sent", bytes: "bytes", fromBytes: "from_bytes" }),
    ...(trace.dry_run === true && { dryRun: true }),
    routes: channels.length > 0 ? routesOf(channels, textsIn(trace.id_fields)) : story.routes,
    receives: [...story.receives.filter(({ number }) => number !== receive.number), receive],
  };
}

function receiveOf(record: RelayRecord, trace: RelayRecord, { detail }: MessageStory): RelayReceive {
  const startedAtMs = numberIn(trace.start) ?? 0;
  const failed = record.outcome === "failed" || record.outcome === "rejected";
  return {
    number: numberIn(record.receive_count) ?? 1,
    startedAtMs,
    endedAtMs: startedAtMs + (numberIn(record.ms) ?? 0),
    ...numberMembers(record, { queuedMs: "queued_ms" }),
    ...textMembers(record, { outcome: "outcome", code: "code" }),
    ...(failed && detail !== undefined && { detail }),
    ...textMembers(trace, { detail: "detail" }),
    attempts: (Array.isArray(trace.calls) ? trace.calls : []).map((call) => attemptOf(Object(call))),
  };
}

const attemptOf = (call: RelayRecord): RelayAttempt => ({
  atMs: numberIn(call.at) ?? 0,
  ms: numberIn(call.ms) ?? 0,
  ...numberMembers(call, { status: "status" }),
  ...textMembers(call, { code: "code" }),
});

function mismatchesIn(value: unknown): readonly string[] {
  const mismatches: readonly unknown[] = Array.isArray(value) ? value : [];
  return mismatches.map((mismatch) => {
    const { path, expected, got } = Object(mismatch);
    return `${path}: expected ${expected}, got ${got}`;
  });
}

const numberIn = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : []).filter((each: unknown) => typeof each === "string");

/** Picks the members that are texts, under new names. */
function textMembers<Name extends string>(record: RelayRecord, names: Readonly<Record<Name, string>>) {
  const picked: Partial<Record<Name, string>> = {};
  for (const name in names) {
    const value = record[names[name]];
    if (typeof value === "string") picked[name] = value;
  }
  return picked;
}

function numberMembers<Name extends string>(record: RelayRecord, names: Readonly<Record<Name, string>>) {
  const picked: Partial<Record<Name, number>> = {};
  for (const name in names) {
    const value = record[names[name]];
    if (typeof value === "number") picked[name] = value;
  }
  return picked;
}
