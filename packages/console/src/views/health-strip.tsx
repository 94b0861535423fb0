import { areaPath, linePath } from "../model/chart.ts";
import { countText, durationText, timesText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";
import type { HealthPoint } from "../state/stack-state.ts";

const WIDTH = 96;
const HEIGHT = 22;

interface Cell {
  readonly name: string;
  readonly title: string;
  readonly value: string;
  readonly note: string;
  readonly point: (figures: HealthPoint) => number;
}

const msText = (ms: number | undefined): string => (ms === undefined ? "–" : durationText(ms));

const cellsOf = (now: HealthPoint): readonly Cell[] => [
  {
    name: "Events a second",
    title: "The mean of the last ten seconds",
    value: now.eventsPerSecond.toFixed(1),
    note: timesText(now.events, "event"),
    point: ({ eventsPerSecond }) => eventsPerSecond,
  },
  {
    name: "End to end, p50",
    title: "From the producer's call to this browser, of the last 1,000 events that it received",
    value: msText(now.hereP50Ms),
    note: `p99 ${msText(now.hereP99Ms)}, to Pusher ${msText(now.p50Ms)}`,
    point: ({ hereP50Ms = 0 }) => hereP50Ms,
  },
  {
    name: "Calls per event",
    title: "Requests to Pusher for each published event",
    value: now.callsPerEvent.toFixed(2),
    note: timesText(now.retries, "retry", "retries"),
    point: ({ callsPerEvent }) => callsPerEvent,
  },
  {
    name: "Billable messages",
    title: "As Pusher counts them: each publication on a channel, and each message to a subscriber",
    value: countText(now.billable.published + now.billable.delivered),
    note: `${countText(now.billable.published)} out, ${countText(now.billable.delivered)} to browsers`,
    point: ({ billable }) => billable.published + billable.delivered,
  },
  {
    name: "Saved",
    title: "Calls that batching saved, and publications that replacing saved",
    value: countText(now.saved.callsByBatching + now.saved.messagesByReplacing),
    note: `${countText(now.saved.callsByBatching)} by batching, ${countText(now.saved.messagesByReplacing)} by replacing`,
    point: ({ saved }) => saved.callsByBatching + saved.messagesByReplacing,
  },
];

const NOTHING: HealthPoint = {
  events: 0,
  eventsPerSecond: 0,
  byStatus: {},
  calls: 0,
  retries: 0,
  callsPerEvent: 0,
  billable: { published: 0, delivered: 0 },
  saved: { callsByBatching: 0, messagesByReplacing: 0 },
};

/** The figures of the stack, each with its last minute. */
export function HealthStrip() {
  const { stack } = useConsole();
  const history = stack.history.value;
  return (
    <section class="strip" aria-label="Health" tabIndex={0}>
      {cellsOf({ ...history.at(-1), ...(stack.figures.value ?? NOTHING) }).map(
        ({ name, title, value, note, point }) => (
          <div key={name} class="cell" title={title}>
            <div class="cell-name">{name}</div>
            <div class="cell-value">{value}</div>
            <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              <path class="spark-area" d={areaPath(history.map(point), WIDTH, HEIGHT)} />
              <path class="spark-line" d={linePath(history.map(point), WIDTH, HEIGHT)} />
            </svg>
            <div class="cell-note">{note}</div>
          </div>
        ),
      )}
    </section>
  );
}
