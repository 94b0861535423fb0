import type { Trial } from "../measure/interleave.ts";
import type { Sample } from "../measure/statistics.ts";
import type { Metric } from "../report/comparison.ts";
import type { Target } from "../report/table.ts";
import { ratioBetween, sampleOfTrial, target } from "../report/target.ts";

export const ONE_BY_ONE = "one `pusher.trigger` after another";
export const POWERTOOLS = "Powertools' batch processor, a `trigger` per message";
export const OURS = "our relay";
export const FLOOR = "full calls, and nothing else (the floor)";

export interface RelayMeasure {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly calls: number;
  /** One event for one channel each. */
  readonly entries: number;
  readonly events: number;
}

const eventsPerSecond = ({ events, wallMs }: RelayMeasure): number => (1000 * events) / wallMs;
const cpuPerEvent = ({ events, cpuMs }: RelayMeasure): number => (1000 * cpuMs) / events;
const callsPerTenEntries = ({ calls, entries }: RelayMeasure): number => (10 * calls) / entries;

export const METRICS: readonly Metric<RelayMeasure>[] = [
  { name: "events/s", of: eventsPerSecond },
  { name: "CPU µs/event", of: cpuPerEvent },
  { name: "calls per 10 entries", of: callsPerTenEntries },
];

/** The issue's, for traffic that comes this way. */
export function relayTargets(traffic: string, trials: readonly Trial<RelayMeasure>[]): readonly Target[] {
  const aim = (what: string, atLeast: number, ratioOfRelay: (relay: string) => Sample): Target =>
    target({ what: `relay, ${traffic}: ${what}`, measured: ratioOfRelay(OURS), floor: ratioOfRelay(FLOOR), atLeast });
  return [
    aim("throughput, to one `trigger` after another", 50, (relay) =>
      ratioBetween(trials, relay, ONE_BY_ONE, eventsPerSecond),
    ),
    aim("throughput, to Powertools'", 1.5, (relay) => ratioBetween(trials, relay, POWERTOOLS, eventsPerSecond)),
    aim("Powertools' calls, to ours", 4, (relay) => ratioBetween(trials, POWERTOOLS, relay, callsPerTenEntries)),
    aim("Powertools' CPU per event, to ours", 3, (relay) => ratioBetween(trials, POWERTOOLS, relay, cpuPerEvent)),
    target({
      what: `relay, ${traffic}: calls per 10 entries`,
      measured: sampleOfTrial(trials, OURS, callsPerTenEntries),
      atMost: 1.05,
      unit: "calls",
    }),
  ];
}
