import { describe, expect, it } from "vitest";
import { eventState } from "../../../../packages/local/src/control/event-state.ts";
import { createFigures } from "../../../../packages/local/src/control/figures.ts";
import { MAX_BODY_BYTES, MAX_EVENTS } from "../../../../packages/local/src/control/journal.ts";
import { cloudEvent } from "../../../support/envelopes.ts";
import { journalOf } from "../../../support/local-journal.ts";
import { progress } from "../../../support/relay-run.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

const http = (n: number, data = "{}") => ({ channel: "private-global", event: `test.${n}`, data });

describe("the journal", () => {
  it("forgets the oldest event above its number of events", () => {
    const { journal } = journalOf();
    for (let n = 0; n <= MAX_EVENTS; n += 1) journal.published(http(n));
    expect(journal.entries).toHaveLength(MAX_EVENTS);
    expect(journal.entries[0]?.reading.name).toBe("test.1");
  });

  it("forgets the oldest event above its size", () => {
    const { journal } = journalOf();
    const half = "x".repeat(MAX_BODY_BYTES / 2);
    for (const n of [0, 1]) journal.published(http(n, half));
    expect(journal.entries).toHaveLength(2);
    journal.published(http(2));
    expect(journal.entries.map(({ reading }) => reading.name)).toEqual(["test.1", "test.2"]);
  });

  it("gives each change a number of its own, also after it was cleared", async () => {
    const { journal, invoke } = journalOf();
    const seen: number[] = [];
    journal.listen({ changed: ({ seq }) => seen.push(seq) });
    await invoke([sqsRecord("m1", progress("1"))]);
    journal.clear();
    await invoke([sqsRecord("m2", progress("2"))]);
    expect(seen.every((seq, index) => index === 0 || seq > (seen[index - 1] ?? 0))).toBe(true);
    expect(journal.entries.map(({ key }) => key)).toEqual(["m2"]);
  });

  it("gives each publication to its own message, by the payload and else in order", () => {
    const { journal } = journalOf();
    const bodies = [1, 2].map((n) => cloudEvent(JSON.stringify({ audit_id: "42", n })));
    journal.invoked(bodies.map((body, index) => sqsRecord(`m${index + 1}`, body)));
    const channel = "private-audit-42";
    journal.published({ channel, event: "audit.progress", data: '{"audit_id":"42","n":2}' });
    journal.published({ channel, event: "audit.progress", data: "ciphertext" });
    expect(journal.entries.map(({ key, publications }) => [key, publications.length])).toEqual([
      ["m1", 1],
      ["m2", 1],
    ]);
  });

  it("gives equal payloads of concurrent invocations to one message each", () => {
    const { journal } = journalOf();
    const [first, second] = ["m1", "m2"].map((id) => sqsRecord(id, cloudEvent('{"audit_id":"42"}')));
    const publication = { channel: "private-audit-42", event: "audit.progress", data: '{"audit_id":"42"}' };
    const outcome = {
      message: "message_outcome",
      outcome: "published",
      receive_count: 1,
      channels: ["private-audit-42"],
    };
    journal.invoked([first, second].flatMap((record) => record ?? []));
    // The second message is published first, and its publication is given to the first one.
    journal.published(publication);
    journal.logged({ ...outcome, message_id: "m2" });
    journal.settled({ records: second ? [second] : [] });
    journal.published(publication);
    expect(journal.entries.map(({ key, publications }) => [key, publications.length])).toEqual([
      ["m1", 1],
      ["m2", 1],
    ]);
  });

  it.each([
    { first: "the log", second: "the answer" },
    { first: "the answer", second: "the log" },
  ])("settles a message once, after its answer and its log, with $first before $second", ({ first, second }) => {
    const { journal } = journalOf();
    const records = [sqsRecord("m1", progress("1"))];
    const settled: string[] = [];
    journal.listen({ settled: ({ key }) => settled.push(key) });
    journal.invoked(records);
    const steps: Readonly<Record<string, () => void>> = {
      "the log": () =>
        journal.logged({ message: "message_outcome", outcome: "duplicate", receive_count: 1, message_id: "m1" }),
      "the answer": () => journal.settled({ records }),
    };
    steps[first]?.();
    expect(settled).toEqual([]);
    steps[second]?.();
    expect(settled).toEqual(["m1"]);
  });

  it("shows the reason of an invocation that ended without an answer", () => {
    const { journal } = journalOf();
    const records = [sqsRecord("m1", progress("1"))];
    journal.invoked(records);
    journal.settled({ records, error: "the relay was killed" });
    expect(journal.entries.map(eventState)).toMatchObject([
      { status: "failed", code: "invocation_failed", detail: "the relay was killed" },
    ]);
  });
});

describe("the figures", () => {
  it("also count the events that the journal has forgotten", () => {
    const { journal } = journalOf();
    const figures = createFigures(journal, () => 0);
    for (let n = 0; n <= MAX_EVENTS; n += 1) journal.published(http(n));
    expect(figures.read()).toMatchObject({
      events: MAX_EVENTS + 1,
      byStatus: { published: MAX_EVENTS + 1 },
      billable: { published: MAX_EVENTS + 1, delivered: 2 * (MAX_EVENTS + 1) },
    });
  });

  it.each([
    { answer: "reports the end of the relay", error: "the relay was killed" },
    { answer: "reports nothing yet", error: undefined },
  ])("do not count what Pusher publishes late for a killed relay, if the poller $answer", ({ error }) => {
    const { journal } = journalOf();
    const figures = createFigures(journal, () => 0);
    const data = '{"audit_id":"42"}';
    const late = { channel: "private-audit-42", event: "audit.progress", data };
    const records = [sqsRecord("m1", cloudEvent(data))];
    journal.invoked(records);
    if (error !== undefined) journal.settled({ records, error });
    journal.clear();
    journal.published(late);
    expect(figures.read()).toMatchObject({ events: 0, billable: { published: 0 } });
    // A function publishes the same event after the reset.
    journal.published(late);
    expect(figures.read()).toMatchObject({ events: 1, billable: { published: 1 } });
  });

  it("count an event of after a reset that equals a finished one of before", async () => {
    const { journal, invoke } = journalOf();
    const figures = createFigures(journal, () => 0);
    const data = '{"audit_id":"42"}';
    await invoke([sqsRecord("m1", cloudEvent(data))]);
    journal.clear();
    journal.published({ channel: "private-audit-42", event: "audit.progress", data });
    expect(figures.read().events).toBe(1);
  });

  it("count what batching, replacing and duplicates save", async () => {
    const { journal, invoke } = journalOf();
    const figures = createFigures(journal, () => 0);
    await invoke(["1", "2", "3"].map((id) => sqsRecord(`m${id}`, progress(id))));
    await invoke([sqsRecord("m4", progress("1"))]);
    figures.logged({ message: "relay_batch", pusher_calls: 1, retries: 0 });
    expect(figures.read().saved).toEqual({ callsByBatching: 2, messagesByReplacing: 1 });
  });
});
