import { type Accounts, accountsOf } from "./accounts.ts";
import { brokenPauses, damagedPayloads, needlessCalls, strays } from "./calls.ts";
import { causelessFailures } from "./causeless.ts";
import type { Observations, Violation } from "./observations.ts";
import { channelOrder, groupBlocks, groupOrder } from "./orders.ts";
import { damagedDeadLetters, settledOnce } from "./settled-once.ts";
import { sightingsOf } from "./sightings.ts";

export interface SoakVerdict {
  readonly accounts: Omit<Accounts, "violations">;
  readonly violations: readonly Violation[];
}

/** Every law, over all observations of a run. */
export function check(observations: Observations): SoakVerdict {
  const sightings = sightingsOf(observations);
  const { violations: unaccounted, ...accounts } = accountsOf(observations, sightings);
  const violations = [
    ...unaccounted,
    ...groupOrder(observations, sightings),
    ...groupBlocks(observations, sightings),
    ...channelOrder(observations, sightings),
    ...strays(observations),
    ...overruns(observations),
    ...damagedPayloads(observations),
    ...damagedDeadLetters(observations),
    ...settledOnce(observations, sightings),
    ...needlessCalls(observations, sightings),
    ...brokenPauses(observations, sightings),
    ...causelessFailures(observations),
    ...(observations.drained ? [] : [{ law: "drain", detail: "messages are left in the queue" } as const]),
  ];
  return { accounts, violations };
}

const overruns = ({ invocations }: Observations): Violation[] =>
  invocations.flatMap(({ end, messages }, number) =>
    end === "answered" || end === "killed" || end === "starved"
      ? []
      : { law: "L5", detail: `invocation ${number}, with ${messages.length} messages: ${end}` },
  );
