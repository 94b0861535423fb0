import { createRelay } from "../../../functions/relay/relay.ts";
import type { SoakLaw } from "../checker/observations.ts";
import { rehearse } from "../rehearsal/rehearse.ts";
import type { RehearsalOptions } from "../rehearsal/world.ts";
import type { Mutant } from "./mutant.ts";
import { createMutant } from "./mutants.ts";

/** Violations of one rehearsal, by law. */
export type ViolationCounts = ReadonlyMap<SoakLaw, number>;

export interface MutantTrial {
  readonly name: string;
  /** Violations for each seed. */
  readonly counts: readonly ViolationCounts[];
  /** True if the checker caught the mutant with every seed, or found nothing in the relay itself. */
  readonly passed: boolean;
}

export interface MutantTrialOptions {
  readonly messages: number;
  readonly seeds: readonly number[];
}

type Run = Pick<RehearsalOptions, "faults" | "fifo">;

const DEFAULT_RUN: Run = { faults: "heavy", fifo: false };

/** The runs that the relay itself has to pass: every run that a mutant may use. */
export const RELAY_RUNS: readonly Run[] = [
  { faults: "none", fifo: false },
  { faults: "none", fifo: true },
  { faults: "light", fifo: false },
  { faults: "heavy", fifo: false },
  { faults: "heavy", fifo: true },
];

export async function tryMutant(mutant: Mutant, { messages, seeds }: MutantTrialOptions): Promise<MutantTrial> {
  const run = { ...DEFAULT_RUN, ...mutant.run };
  const create = await createMutant(mutant, createRelay);
  const counts: ViolationCounts[] = [];
  for (const seed of seeds) counts.push(await countViolations({ ...run, messages, seed }, create));
  return { name: mutant.name, counts, passed: counts.every((count) => count.has(mutant.law)) };
}

export async function tryRelay(run: Run, { messages, seeds }: MutantTrialOptions): Promise<MutantTrial> {
  const counts: ViolationCounts[] = [];
  for (const seed of seeds) counts.push(await countViolations({ ...run, messages, seed }));
  const name = `the relay itself: faults ${run.faults}, ${run.fifo ? "FIFO" : "standard"} queue`;
  return { name, counts, passed: counts.every((count) => count.size === 0) };
}

async function countViolations(...args: Parameters<typeof rehearse>): Promise<ViolationCounts> {
  const counts = new Map<SoakLaw, number>();
  const { violations } = await rehearse(...args);
  for (const { law } of violations) counts.set(law, (counts.get(law) ?? 0) + 1);
  return counts;
}
