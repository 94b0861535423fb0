import type { RejectionCode } from "@realtime-gateway/codes";
import type { Log } from "../log.ts";
import { failed, type MessageOutcome, type RelayMessage } from "./message.ts";

/** Logs all that reading the messages found out: bugs, truncated payloads, and payloads that do not match their schema. */
export function logReading(messages: readonly RelayMessage[], limitBytes: number, log: Log): void {
  const brokenSchemas = new Set<string>();
  for (const message of messages) {
    if (message.kind === "broken")
      log.error("internal_error", { error: message.error, message_id: message.record.messageId });
    if (message.kind !== "ready") continue;
    const { name: event, channels, truncatedFromBytes, validation } = message;
    if (truncatedFromBytes !== undefined)
      log.warn("payload_truncated", { event, channels, bytes: truncatedFromBytes, limit: limitBytes });
    if (validation.kind === "differs") log.warn("payload_drifted", { event, paths: validation.paths });
    // One log record for each event name is enough: the bug is in the schema.
    if (validation.kind === "broken_schema" && !brokenSchemas.has(event)) {
      brokenSchemas.add(event);
      log.error("internal_error", { error: validation.error, event });
    }
  }
}

const CREDENTIALS_CHECK =
  "PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER (or PUSHER_HOST, PUSHER_PORT and PUSHER_SCHEME); in Pusher's dashboard, whether the app is disabled or over its quota";

/** Messages that fail with these codes already have a log record each. */
const LOGGED_ONE_BY_ONE: Readonly<Record<RejectionCode | "internal_error", true>> = {
  invalid_json: true,
  unknown_envelope: true,
  unknown_event: true,
  invalid_event: true,
  rejected_by_pusher: true,
  internal_error: true,
};

/** Logs each reason once, not each message: an outage fails all of them. */
export function logFailures(outcomes: readonly MessageOutcome[], log: Log): void {
  const failures = new Map<string, { code: string; detail: string; messages: number }>();
  for (const outcome of outcomes) {
    if (outcome.kind !== "failed" || outcome.code in LOGGED_ONE_BY_ONE) continue;
    const { code, detail, status } = outcome;
    // Pusher's words may contain a time or an id. The first ones stand in the log record of their status.
    const reason = `${code} ${status ?? detail}`;
    const failure = failures.get(reason) ?? { code, detail, messages: 0 };
    failure.messages += 1;
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

const NO_OUTCOME = failed("internal_error", "the relay set no outcome");

/** A message without an outcome is a bug. SQS gets it back as failed. */
export const outcomesOf = (messages: readonly Pick<RelayMessage, "outcome">[]): readonly MessageOutcome[] =>
  messages.map(({ outcome }) => outcome ?? NO_OUTCOME);

export function summarize(
  messages: readonly RelayMessage[],
  { calls, retries }: { readonly calls: number; readonly retries: number },
  ms: number,
): Summary {
  const outcomes = outcomesOf(messages);
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
