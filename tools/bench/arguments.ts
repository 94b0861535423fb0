import { parseArgs } from "node:util";
import type { Effort } from "./bench.ts";

/** The parts that can be measured alone. */
export const BENCH_NAMES = [
  "bundles",
  "cold-start",
  "relay",
  "trace",
  "pipeline",
  "auth",
  "producer",
  "pusher-server",
  "pages",
  "local",
  "end-to-end",
] as const;
export type BenchName = (typeof BENCH_NAMES)[number];

export type BenchArguments =
  | { readonly kind: "help" }
  | { readonly kind: "bench"; readonly effort: Effort; readonly write: boolean; readonly benches: readonly BenchName[] }
  | { readonly kind: "invalid"; readonly complaint: string };

export function parseArguments(argv: readonly string[]): BenchArguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string", multiple: true, default: [] },
        write: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { quick, only, write, help } = values;
    if (help) return { kind: "help" };
    const unknown = only.find((name) => !BENCH_NAMES.some((known) => known === name));
    if (unknown !== undefined) return invalid(`there is no bench ${unknown}: they are ${BENCH_NAMES.join(", ")}`);
    if (write && only.length > 0) return invalid("--write writes the whole page, and --only measures a part of it");
    const benches = only.length === 0 ? BENCH_NAMES : BENCH_NAMES.filter((name) => only.includes(name));
    return { kind: "bench", effort: quick ? "quick" : "full", write, benches };
  } catch (error) {
    return invalid(error instanceof Error ? error.message : String(error));
  }
}

const invalid = (complaint: string) => ({ kind: "invalid", complaint }) as const;

export const HELP = `Measures the gateway next to other ways of doing the same, and prints tables of figures and ratios.

Usage: npm run bench -- [flags]

  --quick       fewer and shorter rounds: about a minute instead of about six
  --only NAME   measures one part; may be given several times:
                ${BENCH_NAMES.join(", ")}
  --write       also writes docs/benchmarks.md, and its pictures in docs/images
  -h, --help    show this help

Peers run in the same rounds (tools/bench/peers/). All traffic is on loopback and ends with the run.
`;
