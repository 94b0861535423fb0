import type { DemoResult } from "../demo/demo.ts";
import type { Fate } from "../demo/ledger.ts";

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export function demoFigures({ sent, ledger, deadLettered, ok }: DemoResult) {
  const count = (fate: Fate): number => ledger.eventsWith(fate).length;
  const took = ledger.landed.map(({ tookMs }) => tookMs);
  return {
    ok,
    events: sent,
    fates: {
      published: count("published"),
      replaced: count("replaced"),
      withheld: count("withheld"),
      missing: count("missing"),
    },
    expected: ledger.expected,
    arrived: ledger.arrived,
    duplicates: ledger.duplicates,
    unexpected: ledger.unexpected,
    missing: ledger.missing,
    truncated: ledger.landed.filter(({ truncated }) => truncated).length,
    deadLettered,
    p50Ms: rounded(percentile(took, 0.5)),
    p99Ms: rounded(percentile(took, 0.99)),
  };
}

export const rounded = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms * 10) / 10);
