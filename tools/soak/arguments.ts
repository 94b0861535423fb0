import { parseArgs } from "node:util";
import { SEVERITIES } from "./plan/severity.ts";
import type { SoakOptions } from "./soak.ts";

export type SoakArguments =
  | { readonly kind: "help" }
  | { readonly kind: "soak"; readonly options: SoakOptions; readonly json: boolean }
  | { readonly kind: "invalid"; readonly complaint: string };

const MAX_EVENTS = 1_000_000;
const MAX_SEED = 2 ** 31 - 1;

/** Even a small run needs some time to get over its faults. Each message adds some. */
const LIMIT_SECONDS = 120;
const LIMIT_SECONDS_PER_EVENT = 0.02;

export function parseArguments(argv: readonly string[]): SoakArguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        events: { type: "string", default: "10000" },
        seed: { type: "string", default: "1" },
        faults: { type: "string", default: "heavy" },
        fifo: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    const faults = SEVERITIES.find((severity) => severity === values.faults);
    if (faults === undefined) return { kind: "invalid", complaint: `--faults is one of ${SEVERITIES.join(", ")}` };
    const messages = integer("--events", values.events, 1, MAX_EVENTS);
    const seed = integer("--seed", values.seed, 0, MAX_SEED);
    return { kind: "soak", options: optionsOf({ messages, seed, faults, fifo: values.fifo }), json: values.json };
  } catch (error) {
    return { kind: "invalid", complaint: error instanceof Error ? error.message : String(error) };
  }
}

export const optionsOf = (options: Omit<SoakOptions, "limitSeconds">): SoakOptions => ({
  ...options,
  limitSeconds: Math.ceil(LIMIT_SECONDS + options.messages * LIMIT_SECONDS_PER_EVENT),
});

function integer(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new RangeError(`${flag} is an integer from ${least} to ${most}`);
}

export const HELP = `Sends a seeded storm of messages through the whole local stack, with faults, and checks that nothing is lost.

Usage: npm run soak -- [flags]

  --events N     messages to send, 1 to ${MAX_EVENTS} (default 10000)
  --seed N       the same seed sends the same messages and plans the same faults (default 1)
  --faults WHAT  heavy (default): one call to Pusher in five fails, and so do calls to SQS. Pusher goes down, and
                 kills hit the relay in bursts; light: one call in thirty; none
  --fifo         a FIFO queue, with an entity's events in one group
  --json         the result as JSON, and no table
  -h, --help     show this help

Exits with 0 if every law held, with 1 after a violation, with 2 on wrong flags. The progress goes to standard error.
All traffic is on loopback, and all processes end with the run.
`;
