import type { PublishedEvent } from "@realtime-gateway/pusher-server";
import type { SQSRecord } from "aws-lambda";
import type { BatchObservation } from "../event-source/poller.ts";
import type { EventFate, EventReport } from "./event-report.ts";
import { type OpenMessage, openMessage, type WatchSettings } from "./open-message.ts";

export interface MessageWatchDeps {
  readonly settings: WatchSettings;
  /** The subscriptions of a channel now. `undefined`: the Pusher app is not on this machine. */
  readonly listenersOf: ((channel: string) => number) | undefined;
  readonly nowMs: () => number;
  /** Runs the work once the logs of an invocation have arrived. They are read from a pipe, after its answer. */
  readonly afterLogs: (work: () => void) => void;
  /** The demo reports its own messages. */
  isReportedElsewhere(body: string): boolean;
  onEvent(report: EventReport): void;
}

/** Reports each message of the queue once: what the relay did with its event. */
export interface MessageWatch {
  invoked(records: readonly SQSRecord[]): void;
  /** An event that the local Pusher server accepted for a channel. */
  published(publication: PublishedEvent): void;
  /** The relay's log names the messages that it dead-lettered. */
  deadLettered(messageId: string, code: string): void;
  settled(batch: Pick<BatchObservation, "records" | "failed">): void;
  /** The ids of the message with this body, once the relay has it. */
  idsOf(body: string): Pick<EventReport, "id" | "messageId">;
}

/** Bodies and codes are remembered for this many messages. */
const REMEMBERED = 1_000;

export function createMessageWatch(deps: MessageWatchDeps): MessageWatch {
  const open = new Map<string, OpenMessage>();
  const ids = createMemory<Pick<EventReport, "id" | "messageId">>();
  const codes = createMemory<string>();

  const waitsFor = ({ event: eventName, channel }: PublishedEvent, { name, event, published }: OpenMessage): boolean =>
    name === eventName &&
    event?.channels.includes(channel) === true &&
    !published.some((each) => each.name === channel);

  function settle(message: OpenMessage, failed: boolean, later: readonly OpenMessage[]): void {
    const code = message.code ?? codes.get(message.messageId);
    const fate = failed ? "failed" : fateOf(message, code, later, deps);
    deps.onEvent(reportOf(message, fate, code, deps.listenersOf));
  }

  return {
    invoked(records) {
      for (const record of records) {
        const message = openMessage(record, deps.settings);
        open.set(message.messageId, message);
        ids.set(message.body, { id: message.event?.id, messageId: message.messageId });
      }
    },
    published(publication) {
      const { channel, data, event } = publication;
      const listeners = deps.listenersOf?.(channel);
      const waiting = [...open.values()].filter((message) => waitsFor(publication, message));
      // Truncated, stamped and encrypted payloads differ from the message's. The relay keeps the order within a channel.
      const message = waiting.find((each) => each.event?.json === data) ?? waiting[0];
      const bytes = Buffer.byteLength(data);
      if (message === undefined) {
        deps.onEvent({ from: "http", event, fate: "published", channels: [{ name: channel, listeners }], bytes });
        return;
      }
      message.published.push({ name: channel, listeners });
      message.publishedAtMs = deps.nowMs();
      message.bytes = bytes;
    },
    deadLettered: (messageId, code) => codes.set(messageId, code),
    settled({ records, failed }) {
      const messages = records.flatMap(({ messageId }) => open.get(messageId) ?? []);
      for (const { messageId } of messages) open.delete(messageId);
      const ours = messages.filter(({ body }) => !deps.isReportedElsewhere(body));
      deps.afterLogs(() => {
        for (const message of ours)
          settle(message, failed.has(message.messageId), messages.slice(messages.indexOf(message) + 1));
      });
    },
    idsOf: (body) => ids.get(body) ?? {},
  };
}

/** An acknowledged message without a publication has one of few reasons. What remains is a duplicate. */
function fateOf(
  { event, published }: OpenMessage,
  code: string | undefined,
  later: readonly OpenMessage[],
  { settings, listenersOf, nowMs }: MessageWatchDeps,
): EventFate {
  if (event === undefined || code !== undefined) return "rejected";
  if (published.length > 0) return event.truncated ? "truncated" : "published";
  if (settings.dryRun) return "withheld";
  if (listenersOf === undefined) return "acknowledged";
  if (event.entity !== undefined && later.some((newer) => newer.event?.entity === event.entity)) return "replaced";
  const { maxEventAgeSeconds } = settings;
  const isOld = maxEventAgeSeconds !== undefined && event.timeMs !== undefined;
  return isOld && nowMs() - event.timeMs > maxEventAgeSeconds * 1000 ? "expired" : "duplicate";
}

function reportOf(
  message: OpenMessage,
  fate: EventFate,
  code: string | undefined,
  listenersOf: MessageWatchDeps["listenersOf"],
): EventReport {
  const { messageId, name, event, published, publishedAtMs, sentAtMs, bytes } = message;
  const channels =
    listenersOf === undefined ? (event?.channels ?? []).map((name) => ({ name, listeners: undefined })) : published;
  return {
    from: "queue",
    event: name,
    fate,
    channels,
    id: event?.id,
    messageId,
    bytes,
    ms: publishedAtMs === undefined ? undefined : publishedAtMs - sentAtMs,
    code: fate === "rejected" ? code : undefined,
  };
}

/** Forgets the oldest entries. */
function createMemory<Value>() {
  const values = new Map<string, Value>();
  return {
    get: (key: string): Value | undefined => values.get(key),
    set(key: string, value: Value): void {
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= REMEMBERED) return;
        values.delete(oldest);
      }
    },
  };
}
