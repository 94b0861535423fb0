import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { createTestProducer } from "@realtime-gateway/producer/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { sendOutbox, storeEvent } from "../../../examples/outbox/outbox.ts";

const TABLE = readFileSync(new URL("../../../examples/outbox/outbox.sql", import.meta.url), "utf8");
const hello = { type: "info", message: "hello" } as const;

/** A service with a database in memory. Its loop ends with the test. */
function openService() {
  const database = new DatabaseSync(":memory:");
  database.exec(TABLE);
  const realtime = createTestProducer();
  const stop = new AbortController();
  const loops: Promise<void>[] = [];
  onTestFinished(async () => {
    stop.abort();
    await Promise.all(loops);
    database.close();
  });
  return {
    database,
    realtime,
    stored: () => database.prepare("SELECT * FROM outbox ORDER BY position").all(),
    runLoop: () => void loops.push(sendOutbox(database, realtime, stop.signal)),
  };
}

describe("the outbox of examples/outbox", () => {
  it("sends stored events in their order, with their ids, and deletes them", async () => {
    const { database, realtime, stored, runLoop } = openService();
    const events = [realtime.event("notification", hello), realtime.event("notification", hello)];
    for (const event of events) storeEvent(database, event);
    runLoop();
    await expect.poll(stored).toEqual([]);
    expect(realtime.sent().map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it("has no event of a transaction that was rolled back", () => {
    const { database, realtime, stored } = openService();
    database.exec("BEGIN");
    storeEvent(database, realtime.event("notification", hello));
    database.exec("ROLLBACK");
    expect(stored()).toEqual([]);
  });

  it("sends an event again, with its id, after a crash before its deletion", async () => {
    const { database, realtime, stored, runLoop } = openService();
    const event = realtime.event("notification", hello);
    await realtime.sendMany([event]);
    storeEvent(database, event);
    runLoop();
    await expect.poll(stored).toEqual([]);
    expect(realtime.sent().map(({ id }) => id)).toEqual([event.id, event.id]);
  });

  it.each(["throttled", "unreachable", "refused"] as const)("sends an event later if it was %s", async (code) => {
    const { database, realtime, stored, runLoop } = openService();
    storeEvent(database, realtime.event("notification", hello));
    realtime.failNext(code);
    runLoop();
    await expect.poll(stored).toEqual([]);
    expect(realtime.sent()).toHaveLength(1);
  });

  it("keeps an event that can never be sent, with its reason, and sends the others", async () => {
    const { database, realtime, stored, runLoop } = openService();
    storeEvent(database, { ...realtime.event("notification", hello), data: { type: "info", message: 7 } });
    storeEvent(database, realtime.event("notification", hello));
    runLoop();
    await expect.poll(stored).toMatchObject([{ fault: "notification: message must be a string, got 7" }]);
    expect(realtime.sent()).toHaveLength(1);
  });
});
