import { type Call, type Entry, utf8Bytes } from "@realtime-gateway/routing";
import type { RelaySettings } from "@realtime-gateway/settings";
import type { Log } from "../log.ts";
import type { Publish } from "../publisher.ts";
import { identityOf, type ReadyMessage, type RelayMessage, receiveCountOf } from "./message.ts";
import { nameOf } from "./report.ts";

export interface MessageLog {
  /** Publishes, and remembers the calls of each message. */
  readonly publish: Publish;
  /** Writes a log record for each message (`REALTIME_LOG_EVENTS=1`, `REALTIME_TRACE=1`). It never contains a payload. */
  write(messages: readonly RelayMessage[]): void;
}

interface MessageLogDeps {
  readonly config: Pick<RelaySettings, "trace" | "dryRun">;
  readonly publish: Publish;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** One call to Pusher, as the trace lists it. */
interface TracedCall {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  /** Missing without an answer. */
  readonly status: number | undefined;
  /** The code of the failure. */
  readonly code: string | undefined;
}

/** `startMs` is the start of the invocation. */
export function createMessageLog(
  calls: readonly Call<ReadyMessage>[],
  { config, publish, nowMs, log }: MessageLogDeps,
  startMs: number,
): MessageLog {
  const messageOf = new Map<Entry, RelayMessage>(calls.flat().map((entry) => [entry, entry.message]));
  /** The calls that carried a message, retries included. */
  const callsOf = new Map<RelayMessage | undefined, TracedCall[]>();

  return {
    async publish(entries, timeoutMs) {
      const at = nowMs();
      const publication = await publish(entries, timeoutMs);
      const { status, code } = publication.ok ? { status: 200, code: undefined } : publication;
      const call = { at, ms: nowMs() - at, status, code };
      for (const message of new Set(entries.map((entry) => messageOf.get(entry)))) {
        const traced = callsOf.get(message);
        if (traced) traced.push(call);
        else callsOf.set(message, [call]);
      }
      return publication;
    },
    write(messages) {
      const endMs = nowMs();
      for (const message of messages) {
        const { record, outcome } = message;
        const { event, eventId } = eventOf(message);
        const traced = callsOf.get(message) ?? [];
        const last = traced.at(-1);
        const sentMs = Number(record.attributes?.SentTimestamp);
        log.info("message_outcome", {
          ...identityOf(record, event, eventId),
          channels: message.kind === "ready" ? message.channels : undefined,
          outcome: nameOf(outcome),
          code: outcome && "code" in outcome ? outcome.code : undefined,
          receive_count: Number(receiveCountOf(record)),
          attempts: traced.length,
          // A test event has no time. JSON writes null then.
          queued_ms: Math.max(0, startMs - sentMs),
          ms: (last ? last.at + last.ms : endMs) - startMs,
          trace: config.trace
            ? { sent: sentMs, start: startMs, ...traceOf(message, config), calls: traced }
            : undefined,
        });
      }
    },
  };
}

/** The facts that no other log record has. */
function traceOf(message: RelayMessage, { dryRun }: Pick<RelaySettings, "dryRun">) {
  const { outcome } = message;
  const detail = outcome?.kind === "failed" ? outcome.detail : undefined;
  if (message.kind !== "ready") return { detail };
  const { idFields, json, truncatedFromBytes, replacedBy, duplicateOf } = message;
  return {
    detail,
    id_fields: idFields,
    bytes: utf8Bytes(json),
    from_bytes: truncatedFromBytes,
    replaced_by: replacedBy?.record.messageId,
    duplicate_of: duplicateOf?.record.messageId,
    dry_run: dryRun || undefined,
  };
}

const eventOf = (
  message: RelayMessage,
): { readonly event?: string | undefined; readonly eventId?: string | undefined } => {
  if (message.kind === "ready") return { event: message.name, eventId: message.eventId };
  return message.kind === "rejected" ? message.rejection : {};
};
