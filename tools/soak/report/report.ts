import { plainTable, type Table } from "../../bench/report/table.ts";
import { LAW_NAMES, LAWS, type SoakLaw, type Violation } from "../checker/observations.ts";
import type { SoakResult } from "../soak.ts";

/** For each law. The first violations explain the others. */
const MOST_VIOLATIONS_SHOWN = 10;

export const reportOf = (result: SoakResult): string =>
  [figuresTable(result), lawsTable(result)].map(plainTable).join("\n") + violationLines(result.violations);

function figuresTable(result: SoakResult): Table {
  const { options, progress, events, received, pusherCalls, relay, seconds, accounts } = result;
  const { messages, seed, faults, fifo } = options;
  const rows: readonly (readonly [string, string])[] = [
    ["messages sent", whole(progress.sent)],
    ["events, without their copies", whole(events)],
    ["published", whole(accounts.published)],
    ["replaced by a newer one", `${whole(accounts.replaced)} (${percent(accounts.replaced / events)})`],
    ["expired", whole(accounts.expired)],
    ...Object.entries(accounts.deadLettered).map(([code, count]) => [`dead-lettered: ${code}`, whole(count)] as const),
    ["publications, by channel", whole(progress.publications)],
    ["calls to Pusher", `${whole(pusherCalls)} (${(pusherCalls / events).toFixed(3)} an event)`],
    ["retries", whole(relay.retries)],
    ["duplicates left out", whole(relay.duplicate)],
    ["payloads truncated", whole(relay.truncated)],
    ["messages in all batches", `${whole(received)} (${(received / progress.sent).toFixed(2)} for each message sent)`],
    ["invocations", whole(progress.invocations)],
    ["longest invocation", `${whole(relay.longestMs)} ms`],
    ["kills", whole(progress.kills)],
    ["time", `${seconds.toFixed(1)} s (${whole(progress.sent / seconds)} messages a second)`],
  ];
  return {
    title: `Soak: ${whole(messages)} messages, seed ${seed}, faults ${faults}, ${fifo ? "FIFO" : "standard"} queue`,
    note: "Observed from outside: at the queues, at the poller, and in front of the Pusher server.",
    columns: ["", "figure"],
    rows,
  };
}

function lawsTable({ violations }: SoakResult): Table {
  const count = (law: SoakLaw): number => violations.filter((violation) => violation.law === law).length;
  return {
    title: "Laws",
    note: violations.length === 0 ? "All of them held." : "VIOLATED.",
    columns: ["law", "violations"],
    rows: LAW_NAMES.map((law) => [`${law}: ${LAWS[law]}`, whole(count(law))]),
  };
}

const violationLines = (violations: readonly Violation[]): string =>
  LAW_NAMES.flatMap((name) => violations.filter(({ law }) => law === name).slice(0, MOST_VIOLATIONS_SHOWN))
    .map(({ law, detail }) => `\n${law}  ${detail}`)
    .join("");

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const whole = (value: number): string => WHOLE.format(value);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
