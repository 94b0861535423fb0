import type { ReadConfig } from "@realtime-gateway/functions/relay/read";
import { addRecord, messageIdsIn, type RelayRecord } from "@realtime-gateway/operations/explain";
import type { PublishedEvent } from "@realtime-gateway/pusher-server";
import type { SQSRecord } from "aws-lambda";
import type { BatchObservation } from "../event-source/poller.ts";
import { type ChannelPublication, type JournalEntry, tracedReceive } from "./journal-entry.ts";
import { queuedEntry, unqueuedEntry } from "./new-entry.ts";
import { isAwaited, lateOwnerOf, ownerOf } from "./publication-owner.ts";

/** The oldest events are forgotten above either limit. A console shows as many rows without a pause. */
export const MAX_EVENTS = 10_000;
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

export interface JournalListener {
  changed?(entry: JournalEntry): void;
  published?(entry: JournalEntry, publication: ChannelPublication): void;
  /** The relay has answered for one receive of the message, and its log has the result. */
  settled?(entry: JournalEntry): void;
  /** The journal is full, so that it dropped this event. */
  forgotten?(entry: JournalEntry): void;
  cleared?(): void;
}

export interface JournalDeps {
  readonly config: ReadConfig;
  /** The subscriptions of a channel now. `undefined`: the Pusher app is not on this machine. */
  readonly listenersOf: ((channel: string) => number) | undefined;
  readonly nowMs: () => number;
}

/** The newest events of the stack: each message on its way, from SQS to Pusher. Everything that shows events reads it. */
export interface Journal {
  /** The number of the newest change. It is never reused. */
  readonly seq: number;
  /** The number of the newest `clear`, which is a change too. 0 before the first one. */
  readonly clearedSeq: number;
  /** Oldest first. */
  readonly entries: readonly JournalEntry[];
  /** The relay gets these messages. */
  invoked(records: readonly SQSRecord[]): void;
  /** A log record of the relay about messages. */
  logged(record: RelayRecord): void;
  /** The local Pusher server accepted an event for a channel. */
  published(event: PublishedEvent): void;
  settled(batch: Pick<BatchObservation, "records" | "error">): void;
  find(key: string): JournalEntry | undefined;
  listen(listener: JournalListener): () => void;
  clear(): void;
}

export function createJournal({ config, listenersOf, nowMs }: JournalDeps): Journal {
  const entries = new Map<string, JournalEntry>();
  /** The messages whose publications may still come. */
  const awaited = new Set<JournalEntry>();
  /** Messages from before the last clear that the relay did not finish. Pusher may still publish a call that it already has. */
  let unfinished: readonly JournalEntry[] = [];
  const listeners = new Set<JournalListener>();
  let seq = 0;
  let clearedSeq = 0;
  let bodyBytes = 0;
  let unqueued = 0;

  function change(entry: JournalEntry): void {
    seq += 1;
    entry.seq = seq;
    for (const listener of listeners) listener.changed?.(entry);
  }

  function add(entry: JournalEntry): JournalEntry {
    entries.set(entry.key, entry);
    bodyBytes += entry.body.length;
    for (const oldest of entries.values()) {
      if (entries.size <= MAX_EVENTS && bodyBytes <= MAX_BODY_BYTES) break;
      entries.delete(oldest.key);
      awaited.delete(oldest);
      bodyBytes -= oldest.body.length;
      for (const listener of listeners) listener.forgotten?.(oldest);
    }
    return entry;
  }

  function addUnqueued(event: PublishedEvent, atMs: number): JournalEntry {
    unqueued += 1;
    return add(unqueuedEntry(event, `http-${unqueued}`, atMs));
  }

  const review = (entry: JournalEntry): void => {
    if (!isAwaited(entry)) awaited.delete(entry);
  };

  function publish(entry: JournalEntry, publication: ChannelPublication): void {
    entry.publications.push(publication);
    review(entry);
    change(entry);
    for (const listener of listeners) listener.published?.(entry, publication);
  }

  const settle = (entry: JournalEntry): void => {
    for (const listener of listeners) listener.settled?.(entry);
  };

  return {
    get seq() {
      return seq;
    },
    get clearedSeq() {
      return clearedSeq;
    },
    get entries() {
      return [...entries.values()];
    },
    find: (key) => entries.get(key),
    invoked(records) {
      for (const record of records) {
        const entry = entries.get(record.messageId) ?? add(queuedEntry(record, config));
        entry.receives = Number(record.attributes.ApproximateReceiveCount);
        entry.isInRelay = true;
        entry.invocationError = undefined;
        awaited.add(entry);
        change(entry);
      }
    },
    logged(record) {
      for (const id of messageIdsIn(record)) {
        const entry = entries.get(id);
        if (entry === undefined) continue;
        entry.story = addRecord(entry.story, record);
        if (record.message !== "message_outcome") continue;
        const receive = tracedReceive(entry);
        const isUnseen = listenersOf === undefined && receive?.outcome === "published" && !entry.story.dryRun;
        if (isUnseen)
          for (const { channel } of entry.story.routes) publish(entry, { channel, atMs: receive.endedAtMs ?? nowMs() });
        review(entry);
        change(entry);
        if (!entry.isInRelay) settle(entry);
      }
    },
    published(event) {
      const subscribers = listenersOf?.(event.channel);
      const atMs = nowMs();
      const known = ownerOf(event, awaited);
      const late = known === undefined ? lateOwnerOf(event, unfinished, config.form) : undefined;
      if (late !== undefined) {
        late.publications.push({ channel: event.channel, atMs });
        return;
      }
      const entry = known ?? addUnqueued(event, atMs);
      publish(entry, { channel: event.channel, atMs, ...(subscribers !== undefined && { subscribers }) });
    },
    settled({ records, error }) {
      for (const { messageId } of records) {
        const entry = entries.get(messageId);
        if (entry === undefined) continue;
        entry.isInRelay = false;
        review(entry);
        const isTraced = tracedReceive(entry) !== undefined;
        if (error !== undefined && !isTraced) {
          entry.invocationError = error;
          change(entry);
        }
        // The log is read from a pipe, so that it may come later than the answer.
        if (error !== undefined || isTraced) settle(entry);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear() {
      unfinished = [...entries.values()].filter(
        (entry) => entry.from === "queue" && tracedReceive(entry) === undefined,
      );
      entries.clear();
      awaited.clear();
      bodyBytes = 0;
      seq += 1;
      clearedSeq = seq;
      for (const listener of listeners) listener.cleared?.();
    },
  };
}
