import { plainTable, type Table } from "../../bench/report/table.ts";
import { LAWS, type Law, type Violation } from "../checker/observations.ts";
import type { SoakResult } from "../soak.ts";

/** Of each law; the first ones are the ones to look at. */
const MOST_VIOLATIONS_SHOWN = 10;

export const reportOf = (result: SoakResult): string =>
  [figuresTable(result), lawsTable(result)].map(plainTable).join("\n") + violationLines(result.violations);

function figuresTable(result: SoakResult): Table {
  const { options, position, events, received, pusherCalls, relay, seconds, accounts } = result;
  const { messages, seed, faults, fifo } = options;
  const rows: readonly (readonly [string, string])[] = [
    ["messages sent", whole(position.sent)],
    ["events, without their copies", whole(events)],
    ["published", whole(accounts.published)],
    ["replaced by a newer one", `${whole(accounts.replaced)} (${percent(accounts.replaced / events)})`],
    ["expired", whole(accounts.expired)],
    ...Object.entries(accounts.deadLettered).map(([code, count]) => [`dead-lettered: ${code}`, whole(count)] as const),
    ["publications, by channel", whole(position.publications)],
    ["calls to Pusher", `${whole(pusherCalls)} (${(pusherCalls / events).toFixed(3)} an event)`],
    ["retries", whole(relay.retries)],
    ["duplicates left out", whole(relay.duplicate)],
    ["payloads truncated", whole(relay.truncated)],
    ["records handed to the relay", `${whole(received)} (${(received / position.sent).toFixed(2)} a message)`],
    ["invocations", whole(position.invocations)],
    ["longest invocation", `${whole(relay.longestMs)} ms`],
    ["kills", whole(position.kills)],
    ["time", `${seconds.toFixed(1)} s (${whole(position.sent / seconds)} messages a second)`],
  ];
  return {
    title: `Soak: ${whole(messages)} messages, seed ${seed}, faults ${faults}, ${fifo ? "FIFO" : "standard"} queue`,
    note: "Seen from outside: at the queues, at the poller, and by the Pusher server.",
    columns: ["", "figure"],
    rows,
  };
}

function lawsTable({ violations }: SoakResult): Table {
  const count = (law: Law): number => violations.filter((violation) => violation.law === law).length;
  return {
    title: "Laws",
    note: violations.length === 0 ? "All of them held." : "VIOLATED.",
    columns: ["law", "violations"],
    rows: LAW_NAMES.map((law) => [`${law}: ${LAWS[law]}`, whole(count(law))]),
  };
}

const LAW_NAMES = ["L1", "L2", "L3", "L4", "L5", "drain"] as const satisfies readonly Law[];

const violationLines = (violations: readonly Violation[]): string =>
  LAW_NAMES.flatMap((name) => violations.filter(({ law }) => law === name).slice(0, MOST_VIOLATIONS_SHOWN))
    .map(({ law, detail }) => `\n${law}  ${detail}`)
    .join("");

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const whole = (value: number): string => WHOLE.format(value);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
