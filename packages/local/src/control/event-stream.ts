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
    cleared() {
      for (const { outgoing, changed } of clients) {
        changed.clear();
        outgoing.write(frame("reset", {}));
      }
    },
  });

  function flush(): void {
    frames += 1;
    for (const client of clients) {
      if (client.outgoing.writableNeedDrain) continue;
      if (client.changed.size > 0) sendChanges(client, journal);
      if (frames % FRAMES_PER_FIGURES === 0) sendFigures(client, figures);
    }
  }

  function forget(client: StreamClient): void {
    clients.delete(client);
    if (clients.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    open(outgoing, since) {
      const changed = journal.entries.filter(({ seq }) => seq > since).sort((a, b) => a.seq - b.seq);
      const client = { outgoing, changed: new Set(changed), figures: "" };
      clients.add(client);
      outgoing.on("close", () => forget(client));
      sendChanges(client, journal);
      sendFigures(client, figures);
      timer ??= setInterval(flush, FRAME_MS).unref();
    },
    hint(hint) {
      for (const { outgoing } of clients) outgoing.write(frame("hint", hint));
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
  // An event that the journal has forgotten meanwhile would never leave the page.
  const events = next.filter(({ key }) => journal.find(key) !== undefined).map(eventState);
  const seq = changed.size === 0 ? journal.seq : (next.at(-1)?.seq ?? journal.seq);
  outgoing.write(frame("events", { seq, events }, seq));
}

function sendFigures(client: StreamClient, figures: FigureCounter): void {
  const text = frame("figures", figures.read());
  if (text !== client.figures) client.outgoing.write(text);
  client.figures = text;
}

const frame = (event: string, data: object, id?: number): string =>
  `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
