import type { ServerResponse } from "node:http";
import type { Hint } from "../hints/hint.ts";
import { eventState } from "./event-state.ts";
import type { FigureCounter } from "./figures.ts";
import type { Journal } from "./journal.ts";
import type { JournalEntry } from "./journal-entry.ts";

/** Ten frames a second look live, and 500 events a second are then 50 rows a frame. */
const FRAME_MS = 100;
const FRAMES_PER_FIGURES = 10;
const MAX_EVENTS_PER_FRAME = 1_000;
/** Far above one frame. A reader that leaves more unread is disconnected, and continues with `Last-Event-ID`. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;

export interface EventStream {
  /** Sends every change after the number `since` until the client or the stack closes. */
  open(outgoing: ServerResponse, since: number): void;
  hint(hint: Hint): void;
  close(): void;
}

interface StreamClient {
  readonly outgoing: ServerResponse;
  /** Changed entries in the order of their changes. A slow reader gets the newest state of each. */
  readonly changed: Set<JournalEntry>;
  figures: string;
}

export function createEventStream(journal: Journal, figures: FigureCounter): EventStream {
  const clients = new Set<StreamClient>();
  let timer: NodeJS.Timeout | undefined;
  let frames = 0;

  const stopListening = journal.listen({
    changed(entry) {
      for (const { changed } of clients) {
        changed.delete(entry);
        changed.add(entry);
      }
    },
    forgotten(entry) {
      for (const { changed } of clients) changed.delete(entry);
    },
    cleared() {
      for (const { outgoing, changed } of clients) {
        changed.clear();
        send(outgoing, frame("reset", {}, journal.seq));
      }
    },
  });

  function flush(): void {
    frames += 1;
    const figuresText = frames % FRAMES_PER_FIGURES === 0 ? frame("figures", figures.read()) : undefined;
    for (const client of clients) {
      if (client.outgoing.writableNeedDrain) continue;
      if (client.changed.size > 0) sendChanges(client, journal);
      if (figuresText !== undefined) sendFigures(client, figuresText);
    }
  }

  function forget(client: StreamClient): void {
    clients.delete(client);
    if (clients.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    open(outgoing, lastSeen) {
      const isStale = lastSeen > journal.seq || (lastSeen > 0 && lastSeen < journal.clearedSeq);
      const since = isStale ? 0 : lastSeen;
      // The reader has rows of before a reset, or of an earlier stack on this port.
      if (isStale) send(outgoing, frame("reset", {}));
      const changed = journal.entries.filter(({ seq }) => seq > since).sort((a, b) => a.seq - b.seq);
      const client = { outgoing, changed: new Set(changed), figures: "" };
      clients.add(client);
      outgoing.on("close", () => forget(client));
      sendChanges(client, journal);
      sendFigures(client, frame("figures", figures.read()));
      timer ??= setInterval(flush, FRAME_MS).unref();
    },
    hint(hint) {
      for (const { outgoing } of clients) send(outgoing, frame("hint", hint));
    },
    close() {
      stopListening();
      for (const client of [...clients]) {
        client.outgoing.end();
        forget(client);
      }
    },
  };
}

function sendChanges({ outgoing, changed }: StreamClient, journal: Journal): void {
  const next = [...changed].slice(0, MAX_EVENTS_PER_FRAME);
  for (const entry of next) changed.delete(entry);
  const events = next.map(eventState);
  const seq = changed.size === 0 ? journal.seq : (next.at(-1)?.seq ?? journal.seq);
  send(outgoing, frame("events", { seq, events }, seq));
}

function sendFigures(client: StreamClient, text: string): void {
  if (text !== client.figures) send(client.outgoing, text);
  client.figures = text;
}

function send(outgoing: ServerResponse, text: string): void {
  if (outgoing.writableLength > MAX_UNREAD_BYTES) outgoing.destroy();
  else outgoing.write(text);
}

const frame = (event: string, data: object, id?: number): string =>
  `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
