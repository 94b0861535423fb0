import { parseArgs } from "node:util";
import type { MutantTrialOptions } from "./trial.ts";

export type MutantsArguments =
  | { readonly kind: "help" }
  | { readonly kind: "mutants"; readonly options: MutantTrialOptions; readonly only: string | undefined }
  | { readonly kind: "invalid"; readonly complaint: string };

export function parseMutantsArguments(argv: readonly string[]): MutantsArguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        events: { type: "string", default: "10000" },
        seeds: { type: "string", default: "1,2,3" },
        only: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    const seeds = values.seeds.split(",");
    if (!/^[1-9]\d{0,5}$/.test(values.events) || !seeds.every((seed) => /^\d{1,9}$/.test(seed)))
      return { kind: "invalid", complaint: "--events is an integer from 1 to 999999, and --seeds a list of integers" };
    const options = { messages: Number(values.events), seeds: seeds.map(Number) };
    return { kind: "mutants", options, only: values.only };
  } catch (error) {
    return { kind: "invalid", complaint: error instanceof Error ? error.message : String(error) };
  }
}

export const MUTANTS_HELP = `Runs the soak without a network against the relay and against broken relays, and reports which of them the checker catches.

Usage: npm run soak:mutants -- [flags]

  --events N     messages in each run (default 10000)
  --seeds LIST   the seeds of the runs (default 1,2,3)
  --only TEXT    only the mutants with this text in their name
  -h, --help     show this help

Exits with 0 if the relay breaks no law and the checker catches every mutant with every seed, else with 1; with 2 on wrong flags.
The progress goes to standard error.
`;
