import type { Call, Entry } from "@realtime-gateway/routing";
import type { Log } from "../log.ts";
import type { Publish } from "../publisher.ts";
import { identityOf, type ReadyMessage, type RelayMessage, receiveCountOf } from "./message.ts";
import { nameOf } from "./report.ts";

export interface MessageLog {
  /** Publishes, and counts the calls of each message. */
  readonly publish: Publish;
  /** Writes a log record for each message (`REALTIME_LOG_EVENTS=1`). It never contains a payload. */
  write(messages: readonly RelayMessage[]): void;
}

interface MessageLogDeps {
  readonly publish: Publish;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** `startMs` is the start of the invocation. */
export function createMessageLog(
  calls: readonly Call<ReadyMessage>[],
  { publish, nowMs, log }: MessageLogDeps,
  startMs: number,
): MessageLog {
  const messageOf = new Map<Entry, RelayMessage>(calls.flat().map((entry) => [entry, entry.message]));
  /** For each message, the number of calls that carried it, retries included, and the end of the last one. */
  const attemptsOf = new Map<RelayMessage | undefined, { readonly attempts: number; readonly endMs: number }>();

  return {
    async publish(entries, timeoutMs) {
      const publication = await publish(entries, timeoutMs);
      for (const message of new Set(entries.map((entry) => messageOf.get(entry))))
        attemptsOf.set(message, { attempts: (attemptsOf.get(message)?.attempts ?? 0) + 1, endMs: nowMs() });
      return publication;
    },
    write(messages) {
      const settled = { attempts: 0, endMs: nowMs() };
      for (const message of messages) {
        const { record, outcome } = message;
        const { event, eventId } = eventOf(message);
        const { attempts, endMs } = attemptsOf.get(message) ?? settled;
        log.info("message_outcome", {
          ...identityOf(record, event, eventId),
          channels: message.kind === "ready" ? message.channels : undefined,
          outcome: nameOf(outcome),
          code: outcome && "code" in outcome ? outcome.code : undefined,
          receive_count: Number(receiveCountOf(record)),
          attempts,
          // A test event has no time. JSON writes null then.
          queued_ms: Math.max(0, startMs - Number(record.attributes?.SentTimestamp)),
          ms: endMs - startMs,
        });
      }
    },
  };
}

const eventOf = (
  message: RelayMessage,
): { readonly event?: string | undefined; readonly eventId?: string | undefined } => {
  if (message.kind === "ready") return { event: message.name, eventId: message.eventId };
  return message.kind === "rejected" ? message.rejection : {};
};
