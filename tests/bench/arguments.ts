import { parseArgs } from "node:util";
import type { Effort } from "./bench.ts";

export type BenchArguments =
  | { readonly kind: "help" }
  | { readonly kind: "bench"; readonly effort: Effort; readonly write: boolean }
  | { readonly kind: "invalid"; readonly complaint: string };

export function parseArguments(argv: readonly string[]): BenchArguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        quick: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    return { kind: "bench", effort: values.quick ? "quick" : "full", write: values.write };
  } catch (error) {
    return { kind: "invalid", complaint: error instanceof Error ? error.message : String(error) };
  }
}

export const HELP = `Measures the gateway next to other ways of doing the same, and prints tables of figures and ratios.

Usage: npm run bench -- [flags]

  --quick       fewer and shorter rounds: under a minute instead of about five
  --write       also writes docs/benchmarks.md
  -h, --help    show this help

Peers run in the same rounds (tests/bench/peers/). Everything stays on loopback, and ends with the run.
`;
