import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { eventState } from "../../../../packages/local/src/control/event-state.ts";
import type { Journal } from "../../../../packages/local/src/control/journal.ts";
import type { ArrivalOptions } from "../../../../packages/local/src/control/types.ts";
import { waitForArrival } from "../../../../packages/local/src/control/wait.ts";
import { cloudEvent } from "../../../support/envelopes.ts";
import { journalOf } from "../../../support/local-journal.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

const CHANNEL = "private-audit-42";
const DATA = '{"audit_id":"42"}';
const PATIENCE = { timeoutMs: 60_000 };
const records = [sqsRecord("m1", cloudEvent(DATA))];

/** A journal with a message that is published, and that the relay has not answered for. */
function published(): Journal {
  const { journal } = journalOf();
  journal.invoked(records);
  journal.published({ channel: CHANNEL, event: "audit.progress", data: DATA });
  return journal;
}

const OUTCOME = {
  message: "message_outcome",
  outcome: "published",
  receive_count: 1,
  message_id: "m1",
  channels: [CHANNEL],
};

/** The wait, with the status of the event at its end. It is `undefined` before. */
function waiting(journal: Journal, options: ArrivalOptions = PATIENCE) {
  const state: { status?: string } = {};
  const ended = waitForArrival(journal, { channel: CHANNEL }, options).then((arrival) => {
    const [entry] = journal.entries;
    if (entry !== undefined) state.status = eventState(entry).status;
    return arrival;
  });
  return { ended, state };
}

describe("waiting for an event", () => {
  it.each([
    {
      answer: "the relay logs the result",
      status: "published",
      act: (journal: Journal) => journal.logged(OUTCOME),
    },
    {
      answer: "the relay is killed",
      status: "failed",
      act: (journal: Journal) => journal.settled({ records, error: "the relay was killed" }),
    },
  ])("ends once $answer", async ({ status, act }) => {
    const journal = published();
    const { ended, state } = waiting(journal);
    await setImmediate();
    expect(state).toEqual({});
    act(journal);
    expect(await ended).toMatchObject({ channel: CHANNEL, messageId: "m1" });
    expect(state).toEqual({ status });
  });

  it("ends after the answer to an event that comes later too", async () => {
    const { journal } = journalOf();
    const { ended, state } = waiting(journal);
    journal.invoked(records);
    journal.published({ channel: CHANNEL, event: "audit.progress", data: DATA });
    journal.logged(OUTCOME);
    expect(await ended).toMatchObject({ messageId: "m1" });
    expect(state).toEqual({ status: "published" });
  });

  it("finds a published event at the timeout, if the relay has not answered by then", async () => {
    const { ended, state } = waiting(published(), { timeoutMs: 0 });
    expect(await ended).toMatchObject({ messageId: "m1" });
    expect(state).toEqual({ status: "waiting" });
  });

  it("ends with the event if a reset comes before the answer", async () => {
    const journal = published();
    const { ended } = waiting(journal);
    journal.clear();
    expect(await ended).toMatchObject({ messageId: "m1" });
  });

  it("needs no answer for an event that is no message of the queue", async () => {
    const { journal } = journalOf();
    const { ended } = waiting(journal);
    journal.published({ channel: CHANNEL, event: "mine", data: "{}" });
    expect(await ended).toMatchObject({ event: "mine" });
    expect(await waiting(journal).ended).toMatchObject({ event: "mine" });
  });

  it("resolves with nothing at the timeout, and rejects with the reason of its signal", async () => {
    const { journal } = journalOf();
    expect(await waiting(journal, { timeoutMs: 0 }).ended).toBeUndefined();
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(waiting(journal, { ...PATIENCE, signal }).ended).rejects.toThrow("enough");
  });
});
