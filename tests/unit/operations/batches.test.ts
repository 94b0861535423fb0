import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  batchesBySize,
  MAX_BATCH_BYTES,
  MAX_BATCH_ENTRIES,
  roundsByGroup,
} from "../../../packages/operations/src/batches.ts";
import { law } from "../../support/law.ts";

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
const sizes = fc.array(fc.integer({ min: 0, max: MAX_BATCH_BYTES + 10 }), { maxLength: 60 });
const batchesOf = (entries: readonly number[]) => batchesBySize(entries, (size) => size);

describe("batches", () => {
  it("keep every entry, in order", () => {
    law(fc.property(sizes, (entries) => void expect(batchesOf(entries).flat()).toEqual(entries)));
  });

  it("are within the limits of SQS, unless one entry alone is too large", () => {
    law(
      fc.property(sizes, (entries) => {
        for (const batch of batchesOf(entries)) {
          expect(batch.length).toBeLessThanOrEqual(MAX_BATCH_ENTRIES);
          if (batch.length > 1) expect(sum(batch)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
        }
      }),
    );
  });

  it("are never empty", () => {
    law(fc.property(sizes, (entries) => void expect(batchesOf(entries)).not.toContainEqual([])));
  });

  it("have ten entries when the size allows it", () => {
    expect(batchesOf(Array.from({ length: 25 }, () => 1)).map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  it("fill 1 MiB to the last byte", () => {
    expect(batchesOf([MAX_BATCH_BYTES - 1, 1, 1])).toEqual([[MAX_BATCH_BYTES - 1, 1], [1]]);
  });
});

describe("rounds", () => {
  const entry = (name: string) => ({ name, groupId: name.slice(0, 1) });
  const entries = ["a1", "a2", "b1", "a3", "c1", "b2"].map(entry);
  const names = (rounds: { readonly name: string }[][]) => rounds.map((round) => round.map(({ name }) => name));

  it("take one message of each group on a FIFO queue", () => {
    expect(names(roundsByGroup(entries, true))).toEqual([["a1", "b1", "c1"], ["a2", "b2"], ["a3"]]);
  });

  it("take everything at once on a standard queue", () => {
    expect(roundsByGroup(entries, false)).toEqual([entries]);
  });

  it.each([true, false])("are none without entries (FIFO: %s)", (fifo) => {
    expect(roundsByGroup([], fifo)).toEqual([]);
  });
});
