import { type Accounts, accountsOf, describe } from "./accounts.ts";
import type { Observations, Violation } from "./observations.ts";
import { channelOrder, groupOrder } from "./orders.ts";
import { sightingsOf } from "./sightings.ts";

export interface Verdict {
  readonly accounts: Omit<Accounts, "violations">;
  readonly violations: readonly Violation[];
}

/** Every law, over everything that was seen. */
export function check(observations: Observations): Verdict {
  const sightings = sightingsOf(observations);
  const { violations: lost, ...accounts } = accountsOf(observations, sightings);
  const violations = [
    ...lost,
    ...groupOrder(observations, sightings),
    ...channelOrder(observations, sightings),
    ...strays(observations),
    ...overruns(observations),
    ...(observations.drained ? [] : [{ law: "drain", detail: "messages are left in the queue" } as const]),
  ];
  return { accounts, violations };
}

/** L4: the event's own name, on its own channels. */
const strays = ({ publications, sent }: Observations): Violation[] =>
  publications.flatMap(({ marker, name, channel }) => {
    const event = marker === undefined ? undefined : sent.get(marker);
    if (event?.name === name && event.channels.includes(channel)) return [];
    const what = event === undefined ? "of no event that was sent" : `of ${describe(event)}`;
    return { law: "L4", detail: `${name} on ${channel}, ${what}` };
  });

const overruns = ({ invocations }: Observations): Violation[] =>
  invocations.flatMap(({ end, records }, number) =>
    end === "answered" || end === "killed"
      ? []
      : { law: "L5", detail: `invocation ${number}, with ${records.length} records: ${end}` },
  );
