import type { DemoResult } from "../demo/demo.ts";

/** The value below which that share of the sorted values lies. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export function demoFigures({ sent, ledger, deadLettered, ok }: DemoResult) {
  const took = ledger.landed.map(({ tookMs }) => tookMs);
  return {
    ok,
    events: sent,
    expected: ledger.expected,
    arrived: ledger.arrived,
    unexpected: ledger.unexpected,
    missing: ledger.missing,
    truncated: ledger.landed.filter(({ truncated }) => truncated).length,
    deadLettered,
    p50Ms: rounded(percentile(took, 0.5)),
    p99Ms: rounded(percentile(took, 0.99)),
  };
}

export const rounded = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms * 10) / 10);
