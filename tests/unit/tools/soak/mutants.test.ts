import { describe, expect, it } from "vitest";
import { MUTANTS } from "../../../../tools/soak/mutants/mutants.ts";
import { RELAY_RUNS, tryMutant, tryRelay } from "../../../../tools/soak/mutants/trial.ts";

/** Enough for every mutant with this seed. `npm run soak:mutants` runs more. */
const OPTIONS = { messages: 900, seeds: [5] };

describe("the checker of the soak", () => {
  it.each(RELAY_RUNS)("finds no violation in the relay itself: faults $faults, FIFO $fifo", async (run) => {
    const { counts } = await tryRelay(run, { messages: 900, seeds: [1, 2, 3] });
    expect(counts.map((count) => [...count])).toEqual([[], [], []]);
  });

  it.each(MUTANTS)("catches a relay that $name", async (mutant) => {
    const { counts } = await tryMutant(mutant, OPTIONS);
    expect(counts.map((count) => [...count.keys()])).toEqual([expect.arrayContaining([mutant.law])]);
  });

  it("has at least 24 mutants, each under a name of its own", () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(24);
  });
});
