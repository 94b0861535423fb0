import type { CreateRelay } from "../rehearsal/create-relay.ts";
import { CALL_MUTANTS } from "./call-mutants.ts";
import { DEAD_LETTER_MUTANTS } from "./dead-letter-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { loadOverlaidRelay } from "./overlaid-relay.ts";
import { PAYLOAD_MUTANTS } from "./payload-mutants.ts";
import { SETTLE_MUTANTS } from "./settle-mutants.ts";

export const MUTANTS: readonly Mutant[] = [
  ...PAYLOAD_MUTANTS,
  ...DEAD_LETTER_MUTANTS,
  ...CALL_MUTANTS,
  ...SETTLE_MUTANTS,
];

/** The relay with the mutant's fault. */
export async function createMutant({ overlay, mutate }: Mutant, createRelay: CreateRelay): Promise<CreateRelay> {
  const overlaid = overlay === undefined ? createRelay : await loadOverlaidRelay(overlay);
  return mutate?.(overlaid) ?? overlaid;
}
