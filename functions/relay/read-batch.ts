import type { Rejected } from "@realtime-gateway/events";
import type { Message } from "@realtime-gateway/routing";
import type { RelaySettings } from "@realtime-gateway/settings";
import type { SQSRecord } from "aws-lambda";
import type { Log } from "../log.ts";
import { createDriftWatch, type DriftWatch } from "./drift.ts";
import { failed, type Outcome } from "./outcome.ts";
import { type PrepareConfig, prepare } from "./prepare.ts";
import type { RecentEvents } from "./recent-events.ts";
import { groupOf } from "./record.ts";

/** What a record says, before anything is sent. */
export type Reading =
  | { readonly kind: "message"; readonly message: Message; readonly key: string | undefined }
  | { readonly kind: "rejected"; readonly rejection: Rejected }
  /** The same event as that record's, whose fate it shares. */
  | { readonly kind: "repeats"; readonly position: number }
  | { readonly kind: "settled"; readonly outcome: Outcome };

export interface ReadDeps {
  readonly config: PrepareConfig & Pick<RelaySettings, "maxEventAgeSeconds">;
  readonly recent: RecentEvents;
  readonly log: Log;
  readonly nowMs: () => number;
}

export interface Batch {
  readonly readings: readonly Reading[];
  readonly truncated: number;
  /** Of all events that could be read, also of those that need not be published. */
  readonly drift: DriftWatch;
}

/** Decode, route and guard, for every record of an invocation; expired and repeated events are told apart. */
export function readBatch(records: readonly SQSRecord[], deps: ReadDeps): Batch {
  const firstOf = new Map<string, number>();
  const drift = createDriftWatch(deps.log);
  let truncated = 0;
  const read = (record: SQSRecord, position: number): Reading => {
    const prepared = prepare(record.body, deps.config, deps.log);
    if (!prepared.ok) return { kind: "rejected", rejection: prepared };
    const { message, key, event } = prepared.value;
    truncated += Number(prepared.value.truncated);
    if (deps.config.validation === "tolerant") drift.add(event);
    if (isExpired(message, deps)) return { kind: "settled", outcome: { kind: "expired" } };
    if (key !== undefined) {
      if (deps.recent.has(key)) return { kind: "settled", outcome: { kind: "duplicate" } };
      const first = firstOf.get(key);
      if (first !== undefined) return { kind: "repeats", position: first };
      firstOf.set(key, position);
    }
    const group = groupOf(record);
    return { kind: "message", message: group === undefined ? message : { ...message, group }, key };
  };
  const readings = records.map((record, position) => {
    try {
      return read(record, position);
    } catch (error) {
      return unreadable(record, error, deps.log);
    }
  });
  return { readings, truncated, drift };
}

/** A bug of ours must not take the other records of its batch along. The record comes back, and in the end is redriven. */
function unreadable({ messageId }: SQSRecord, error: unknown, log: Log): Reading {
  const name = error instanceof Error ? error.name : "unknown";
  log.error("internal_error", { error: name, message_id: messageId });
  return { kind: "settled", outcome: failed("internal_error", name) };
}

function isExpired({ timeMs }: Message, { config, nowMs }: ReadDeps): boolean {
  const { maxEventAgeSeconds } = config;
  return maxEventAgeSeconds !== undefined && timeMs !== undefined && nowMs() - timeMs > maxEventAgeSeconds * 1000;
}
