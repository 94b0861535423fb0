import { describe, expect, it } from "vitest";
import { reportOf } from "../../../../packages/local/src/messages/report-of.ts";
import { cloudEvent, legacyEnvelope } from "../../../support/envelopes.ts";
import { fakeDeadLetters } from "../../../support/fake-dead-letters.ts";
import { refused, unavailable } from "../../../support/fake-publish.ts";
import { type JournalSetup, journalOf } from "../../../support/local-journal.ts";
import { progress } from "../../../support/relay-run.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

/** The reports of these messages (id → body) after one invocation of the relay. */
async function reportsOf(bodies: Readonly<Record<string, string>>, setup: JournalSetup = {}) {
  const { journal, invoke } = journalOf(setup);
  await invoke(Object.entries(bodies).map(([id, body]) => sqsRecord(id, body)));
  return journal.entries.map(reportOf);
}

describe("the report of a message", () => {
  it("names the channels with their listeners, the size, the time and both ids", async () => {
    const [report] = await reportsOf({ m1: cloudEvent('{"audit_id":"42","fiche_id":"7"}') });
    expect(report).toEqual({
      from: "queue",
      event: "audit.progress",
      fate: "published",
      channels: [
        { name: "private-audit-42", listeners: 2 },
        { name: "private-fiche-7", listeners: 2 },
      ],
      id: "evt-1",
      messageId: "m1",
      bytes: 32,
      ms: expect.any(Number),
    });
  });

  const older = legacyEnvelope('{"audit_id":"1"}');
  const newer = legacyEnvelope('{"audit_id":"1","x":1}');
  const large = cloudEvent(JSON.stringify({ audit_id: "42", note: "x".repeat(10_000) }));
  it.each([
    ["truncated", { m1: large }, {}],
    ["replaced", { m1: older, m2: newer }, {}],
    ["withheld", { m1: progress("1") }, { config: { dryRun: true } }],
    ["failed", { m1: progress("1") }, { answer: () => unavailable }],
  ] as const)("has the fate %s", async (fate, bodies, setup) => {
    expect((await reportsOf(bodies, setup))[0]?.fate).toBe(fate);
  });

  it("has the fate duplicate for the second message of an event", async () => {
    const [first, second] = await reportsOf({ m1: progress("1"), m2: progress("1") });
    expect([first?.fate, second?.fate, second?.channels]).toEqual(["published", "duplicate", []]);
  });

  it("has the code of a dead letter", async () => {
    const { sendDeadLetter } = fakeDeadLetters();
    const reports = await reportsOf({ m1: "no json", m2: progress("1") }, { sendDeadLetter, answer: () => refused });
    expect(reports).toMatchObject([
      { fate: "rejected", event: undefined, code: "invalid_json" },
      { fate: "rejected", event: "audit.progress", code: "rejected_by_pusher" },
    ]);
  });

  it("is published without listeners, if the Pusher app is not on this machine", async () => {
    expect(await reportsOf({ m1: progress("1") }, { isLocal: false })).toMatchObject([
      { fate: "published", channels: [{ name: "private-audit-1", listeners: undefined }] },
    ]);
  });
});
