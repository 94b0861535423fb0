import { describe, expect, it } from "vitest";
import { createLedger } from "../../../../packages/local/src/demo/ledger.ts";

const CHANNEL = "private-fiche-7";
const progress = (transcribed: number) => ({ fiche_id: "7", transcribed });

function ledgerOf(...counts: readonly number[]) {
  const ledger = createLedger({ form: "private", limitBytes: 9000, dryRun: false });
  for (const count of counts) ledger.sent("transcription.progress", progress(count), 0);
  return { ledger, receive: (count: number) => ledger.received("transcription.progress", CHANNEL, progress(count), 5) };
}

describe("the demo's ledger of latest-wins events", () => {
  it("waits for each that nothing newer has overtaken", () => {
    const { ledger, receive } = ledgerOf(1, 2);
    receive(1);
    expect({ done: ledger.done, missing: ledger.missing }).toEqual({
      done: 1,
      missing: [{ name: "transcription.progress", channel: CHANNEL }],
    });
  });

  it("waits no more for one whose successor has arrived", () => {
    const { ledger, receive } = ledgerOf(1, 2);
    receive(2);
    expect({ done: ledger.done, expected: ledger.expected, missing: ledger.missing }).toEqual({
      done: 2,
      expected: 1,
      missing: [],
    });
  });

  it("takes one that comes after its successor for late, as a standard queue may be", () => {
    const { ledger, receive } = ledgerOf(1, 2);
    receive(2);
    receive(1);
    const { done, expected, arrived, unexpected } = ledger;
    expect({ done, expected, arrived, unexpected }).toEqual({ done: 2, expected: 2, arrived: 2, unexpected: 0 });
  });

  it("takes one that comes twice for a fault", () => {
    const { ledger, receive } = ledgerOf(1, 2);
    for (const count of [2, 1, 1, 2]) receive(count);
    expect(ledger.unexpected).toBe(2);
  });
});
