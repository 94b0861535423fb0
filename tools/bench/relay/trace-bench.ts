import { conflate, type Message, plan } from "@realtime-gateway/routing";
import type { Bench } from "../bench.ts";
import { auditTrace } from "./trace.ts";

const AUDITS = 40;
const BATCH_SIZES = [10, 100, 1000];

const COUNT = new Intl.NumberFormat("en-US");
const PER_EVENT = new Intl.NumberFormat("en-US", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const PERCENT = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

/** Calls that a trace of audits costs: counted, so the same on every machine. */
export const traceBench: Bench = async () => {
  const trace = auditTrace(AUDITS);
  const perEvent = trace.length;
  const row = (name: string, published: number, calls: number): readonly string[] => [
    name,
    COUNT.format(published),
    COUNT.format(calls),
    PER_EVENT.format(calls / perEvent),
    PERCENT.format(1 - published / perEvent),
    PERCENT.format(1 - calls / perEvent),
  ];
  const rows = BATCH_SIZES.flatMap((size) => {
    const batches = Array.from({ length: Math.ceil(perEvent / size) }, (_, at) =>
      trace.slice(at * size, (at + 1) * size),
    );
    const conflated = batches.map((batch) => withoutReplaced(batch));
    return [
      row(`batches of ${size}, every event`, perEvent, callsOf(batches)),
      row(`batches of ${size}, conflated`, conflated.flat().length, callsOf(conflated)),
    ];
  });
  return [
    {
      title: "Pusher calls of an audit trace",
      note: `${AUDITS} audits at the same time, ${COUNT.format(perEvent)} events, as the relay plans them in one invocation per batch. Counted, not timed.`,
      columns: ["", "published", "calls", "calls/event", "events saved", "calls saved"],
      rows: [row("one `trigger` per event", perEvent, perEvent), ...rows],
    },
  ];
};

function withoutReplaced(batch: readonly Message[]): readonly Message[] {
  const replaced = conflate(batch);
  return batch.filter((message) => !replaced.has(message));
}

const callsOf = (batches: readonly (readonly Message[])[]): number =>
  batches.reduce((calls, batch) => calls + plan(batch).length, 0);
