import type { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import type { CloudEvent, Producer } from "@realtime-gateway/producer";

const EVENTS_A_ROUND = 500;
const PAUSE_MS = 500;

/** Call it in the transaction that changes your data. */
export function storeEvent(database: DatabaseSync, event: CloudEvent): void {
  database.prepare("INSERT INTO outbox (event) VALUES (?)").run(JSON.stringify(event));
}

/** Sends stored events until the signal aborts. One process of the service runs it. */
export async function sendOutbox(database: DatabaseSync, realtime: Producer, signal: AbortSignal): Promise<void> {
  const select = database.prepare("SELECT * FROM outbox WHERE fault IS NULL ORDER BY position LIMIT ?");
  const remove = database.prepare("DELETE FROM outbox WHERE position = ?");
  const mark = database.prepare("UPDATE outbox SET fault = ? WHERE position = ?");
  while (!signal.aborted) {
    const rows = select.all(EVENTS_A_ROUND);
    const positions = rows.map(({ position }) => Number(position));
    const events = rows.map(({ event }) => JSON.parse(String(event)));
    const { sent, failed } = await realtime.sendMany(events, { signal });
    for (const { index } of sent) remove.run(positions[index] ?? null);
    // Any other failure may pass, so its event remains for the next round.
    for (const { index, code, detail } of failed)
      if (code === "invalid" || code === "too_large") mark.run(detail, positions[index] ?? null);
    if (sent.length === 0) await setTimeout(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
