import type { RejectionCode } from "@realtime-gateway/codes";
import { definitionOf, nearestName } from "@realtime-gateway/events";
import type { Log } from "../log.ts";
import { failed, identityOf, type MessageOutcome, type RelayMessage } from "./message.ts";

/** Logs all that reading the messages found out: bugs, unlisted names, truncated payloads and payloads that do not match their schema. */
export function logReading(messages: readonly RelayMessage[], limitBytes: number, log: Log): void {
  const brokenSchemas = new Set<string>();
  const unlisted = new Set<string>();
  for (const message of messages) {
    if (message.kind === "broken")
      log.error("internal_error", { error: message.error, message_id: message.record.messageId });
    if (message.kind !== "ready") continue;
    const { name, channels, truncatedFromBytes: bytes, validation } = message;
    // Most messages have no log record, so nothing of this is made for them.
    const identity = () => identityOf(message.record, name, message.eventId);
    // One log record for each name is enough: a producer may have deployed first.
    if (definitionOf(name) === undefined && !unlisted.has(name)) {
      unlisted.add(name);
      log.warn("unlisted_event", { ...identity(), nearest: nearestName(name) });
    }
    if (bytes !== undefined) log.warn("payload_truncated", { ...identity(), channels, bytes, limit: limitBytes });
    if (validation.kind === "differs")
      log.warn("payload_drifted", { ...identity(), mismatches: validation.mismatches });
    // One log record for each event name is enough: the bug is in the schema.
    if (validation.kind === "broken_schema" && !brokenSchemas.has(name)) {
      brokenSchemas.add(name);
      log.error("internal_error", { error: validation.error, event: name });
    }
  }
}

const CREDENTIALS_CHECK =
  "PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER or PUSHER_HOST; in Pusher's dashboard, whether the app is disabled or over its quota";

/** Messages that fail with these codes already have a log record each. */
const LOGGED_ONE_BY_ONE: Readonly<Record<RejectionCode | "internal_error", true>> = {
  invalid_json: true,
  unknown_envelope: true,
  unknown_event: true,
  invalid_event: true,
  rejected_by_pusher: true,
  internal_error: true,
};

const NO_OUTCOME = failed("internal_error", "the relay set no outcome");

/** A log record names the first few messages. It names all messages of a batch of the default size. */
export const MAX_MESSAGE_IDS = 10;

type Reported = Pick<RelayMessage, "record" | "outcome">;

/** Logs each reason once, not each message: an outage fails all of them. */
export function logFailures(messages: readonly Reported[], log: Log): void {
  const failures = new Map<string, { code: string; detail: string; messages: number; message_ids: string[] }>();
  for (const { record, outcome = NO_OUTCOME } of messages) {
    if (outcome.kind !== "failed" || outcome.code in LOGGED_ONE_BY_ONE) continue;
    const { code, detail, status } = outcome;
    // Pusher's words may contain a time or an id. The first ones stand in the log record of their status.
    const reason = `${code} ${status ?? detail}`;
    const failure = failures.get(reason) ?? { code, detail, messages: 0, message_ids: [] };
    failure.messages += 1;
    if (failure.message_ids.length < MAX_MESSAGE_IDS) failure.message_ids.push(record.messageId);
    failures.set(reason, failure);
  }
  for (const failure of failures.values()) {
    if (failure.code === "pusher_misconfigured")
      log.error("pusher_misconfigured", { ...failure, check: CREDENTIALS_CHECK });
    else log.warn("messages_kept", failure);
  }
}

/** The figures of one invocation, for the relay's log record and its metrics. */
export interface Summary {
  readonly received: number;
  readonly published: number;
  /** Acknowledged without a call: a newer event of the same entity was published in its place. */
  readonly conflated: number;
  /** Acknowledged without a call: the same event was published before. */
  readonly duplicate: number;
  /** Acknowledged without a call: older than the configured age. */
  readonly expired: number;
  readonly truncated: number;
  /** Published although a field does not match the schema. */
  readonly drifted: number;
  /** Dead-lettered messages by code. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Messages to retry later, by code. */
  readonly failed: Readonly<Record<string, number>>;
  readonly pusher_calls: number;
  readonly retries: number;
  readonly ms: number;
}

/** The outcome as `relay_batch` counts it. */
export type OutcomeName = Exclude<MessageOutcome["kind"], "dead_lettered"> | "rejected";

/** A message without an outcome is a bug. SQS gets it back as failed. */
export const nameOf = ({ kind }: MessageOutcome = NO_OUTCOME): OutcomeName =>
  kind === "dead_lettered" ? "rejected" : kind;

/** The first ids of each outcome. They lead from a message to its invocation. */
export function messageIdsOf(messages: readonly Reported[]): Partial<Record<OutcomeName, readonly string[]>> {
  const ids: Partial<Record<OutcomeName, string[]>> = {};
  for (const { record, outcome } of messages) {
    const name = nameOf(outcome);
    const named = ids[name] ?? [];
    if (named.length < MAX_MESSAGE_IDS) named.push(record.messageId);
    ids[name] = named;
  }
  return ids;
}

export function summarize(
  messages: readonly RelayMessage[],
  { calls, retries }: { readonly calls: number; readonly retries: number },
  ms: number,
): Summary {
  const outcomes = messages.map(({ outcome }) => outcome ?? NO_OUTCOME);
  const count = (kind: MessageOutcome["kind"]): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  const ready = messages.filter((message) => message.kind === "ready");
  return {
    received: messages.length,
    published: count("published"),
    conflated: count("conflated"),
    duplicate: count("duplicate"),
    expired: count("expired"),
    truncated: ready.filter(({ truncatedFromBytes }) => truncatedFromBytes !== undefined).length,
    drifted: ready.filter(({ validation }) => validation.kind === "differs").length,
    rejected: countByCode(outcomes.filter((outcome) => outcome.kind === "dead_lettered")),
    failed: countByCode(outcomes.filter((outcome) => outcome.kind === "failed")),
    pusher_calls: calls,
    retries,
    ms,
  };
}

function countByCode(outcomes: readonly { readonly code: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of outcomes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
