import { describe, expect, it } from "vitest";
import { createLedger, type Fate } from "../../../../packages/local/src/demo/ledger.ts";

const FICHE = "private-fiche-7";
const AUDIT = "private-audit-42";
const FATES: readonly Fate[] = ["published", "replaced", "withheld", "missing"];

function openLedger(dryRun = false) {
  const ledger = createLedger({ form: "private", limitBytes: 9000, dryRun });
  return {
    ledger,
    send: (name: string, ...payloads: readonly object[]) => {
      for (const data of payloads) ledger.sent(name, { ...data }, 0);
    },
    /** How many events each fate has. */
    fates: () => Object.fromEntries(FATES.map((fate) => [fate, ledger.eventsWith(fate).length])),
  };
}

function openTranscription(...counts: readonly number[]) {
  const { ledger, send, fates } = openLedger();
  const progress = (transcribed: number) => ({ fiche_id: "7", transcribed });
  send("transcription.progress", ...counts.map(progress));
  const receive = (count: number) => ledger.received("transcription.progress", FICHE, progress(count), 5);
  return { ledger, fates, receive };
}

describe("the demo's ledger of latest-wins events", () => {
  it("misses an event that no newer one has replaced", () => {
    const { ledger, fates, receive } = openTranscription(1, 2);
    receive(1);
    expect(fates()).toEqual({ published: 1, replaced: 0, withheld: 0, missing: 1 });
    expect(ledger.missing).toEqual([{ name: "transcription.progress", channel: FICHE }]);
  });

  it("counts an event as replaced once a newer one of its entity is published", () => {
    const { ledger, fates, receive } = openTranscription(1, 2);
    receive(2);
    expect(fates()).toEqual({ published: 1, replaced: 1, withheld: 0, missing: 0 });
    expect({ expected: ledger.expected, arrived: ledger.arrived }).toEqual({ expected: 1, arrived: 1 });
  });

  it("counts an event as published that arrives after its successor, as a standard queue allows", () => {
    const { ledger, fates, receive } = openTranscription(1, 2);
    receive(2);
    receive(1);
    expect(fates()).toEqual({ published: 2, replaced: 0, withheld: 0, missing: 0 });
    expect({ expected: ledger.expected, arrived: ledger.arrived }).toEqual({ expected: 2, arrived: 2 });
  });

  it("lets no event of one entity replace an event of another on the same channel", () => {
    const { ledger, send, fates } = openLedger();
    const [batch, other] = [{ batch_id: "b1" }, { batch_id: "b2" }];
    send("batch.progress", batch, other, { ...batch, operation_type: "audit" }, { ...batch, operation_type: "other" });
    ledger.received("batch.progress", "private-global", { ...batch, operation_type: "other" }, 5);
    expect(fates()).toEqual({ published: 1, replaced: 0, withheld: 0, missing: 3 });
  });

  it("lets no event replace one that names no entity", () => {
    const { ledger, send, fates } = openLedger();
    const progress = (completed_steps: number) => ({ fiche_id: "7", completed_steps });
    send("audit.progress", progress(1), progress(2));
    ledger.received("audit.progress", FICHE, progress(2), 5);
    expect(fates()).toEqual({ published: 1, replaced: 0, withheld: 0, missing: 1 });
  });

  it("lets no event replace one that has arrived on one of its channels", () => {
    const { ledger, send, fates } = openLedger();
    const progress = (completed_steps: number) => ({ audit_id: "42", fiche_id: "7", completed_steps });
    send("audit.progress", progress(1), progress(2));
    ledger.received("audit.progress", AUDIT, progress(1), 5);
    for (const channel of [AUDIT, FICHE]) ledger.received("audit.progress", channel, progress(2), 5);
    expect(fates()).toEqual({ published: 1, replaced: 0, withheld: 0, missing: 1 });
    expect(ledger.missing).toEqual([{ name: "audit.progress", channel: FICHE }]);
  });
});

describe("the demo's ledger of all events", () => {
  const started = { fiche_id: "7", total_recordings: 3 };

  it("lets no newer event replace one whose latest does not win", () => {
    const { ledger, send, fates } = openLedger();
    send("transcription.started", started, { ...started, priority: "high" });
    ledger.received("transcription.started", FICHE, { ...started, priority: "high" }, 5);
    expect(fates()).toEqual({ published: 1, replaced: 0, withheld: 0, missing: 1 });
  });

  it("counts a second arrival as a duplicate and not as a fault", () => {
    const { ledger, fates, receive } = openTranscription(1, 2);
    for (const count of [2, 1, 1, 2]) receive(count);
    expect({ duplicates: ledger.duplicates, unexpected: ledger.unexpected }).toEqual({ duplicates: 2, unexpected: 0 });
    expect(fates()).toEqual({ published: 2, replaced: 0, withheld: 0, missing: 0 });
  });

  it("counts an arrival on a channel that is not the event's as a fault", () => {
    const { ledger, send, fates } = openLedger();
    send("transcription.started", started);
    ledger.received("transcription.started", "private-global", started, 5);
    expect(ledger.unexpected).toBe(1);
    expect(fates()).toEqual({ published: 0, replaced: 0, withheld: 0, missing: 1 });
  });

  it("counts an arrival in a dry run as a fault, and each event as withheld", () => {
    const { ledger, send, fates } = openLedger(true);
    send("transcription.started", started);
    expect(fates()).toEqual({ published: 0, replaced: 0, withheld: 1, missing: 0 });
    ledger.received("transcription.started", FICHE, started, 5);
    expect({ arrived: ledger.arrived, unexpected: ledger.unexpected }).toEqual({ arrived: 0, unexpected: 1 });
  });

  it("ignores an event that the demo has not sent", () => {
    const { ledger } = openLedger();
    ledger.received("transcription.started", FICHE, started, 5);
    expect({ arrived: ledger.arrived, unexpected: ledger.unexpected }).toEqual({ arrived: 0, unexpected: 0 });
  });

  it("throws when two events are equal", () => {
    const { send } = openLedger();
    expect(() => send("transcription.started", started, started)).toThrow("transcription.started twice");
  });
});
