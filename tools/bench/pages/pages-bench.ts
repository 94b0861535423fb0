import type { Bench } from "../bench.ts";
import { interleave, type Trial } from "../measure/interleave.ts";
import { sampleOf } from "../measure/statistics.ts";
import { figureText } from "../report/figures.ts";
import type { Table } from "../report/table.ts";
import { ratioBetween, sampleOfTrial, target } from "../report/target.ts";
import { measureReconnect, type Reconnect } from "./reconnect.ts";
import { reconnectPlot } from "./reconnect-plot.ts";
import { largestWindow } from "./windows.ts";

const SETTINGS = { quick: { pages: 500, rounds: 1 }, full: { pages: 1000, rounds: 3 } } as const;
/** A list of audits on the page. */
const AUDITS = 12;
const WINDOW_MS = 100;

const BARE = "bare `pusher-js`";
const OURS = "`@realtime-gateway/client`";
const LIMITS = { requests: 0.1, share: 0.1 } as const;

/** Many pages reconnect after a restart of the Pusher server: their authorization requests, and their reads. */
export const pagesBench: Bench = async ({ effort, progress }) => {
  const { pages, rounds } = SETTINGS[effort];
  const size = { pages, audits: AUDITS };
  const contenders = [
    { name: BARE, measure: () => measureReconnect("bare", size) },
    { name: OURS, measure: () => measureReconnect("client", size) },
  ];
  const trials = await interleave(contenders, rounds, (round) => progress(`pages: round ${round} of ${rounds}`));
  return [table(trials, pages)];
};

const COUNT = new Intl.NumberFormat("en-US");

function table(trials: readonly Trial<Reconnect>[], pages: number): Table {
  const pageCount = COUNT.format(pages);
  return {
    title: `${pageCount} pages reconnect`,
    note: `Each page shows ${AUDITS} audits. The Pusher server restarts, then each page subscribes and reads again. The largest ${WINDOW_MS} ms are those with the most requests or reads. At most ${pageCount} requests of bare \`pusher-js\` run at a time; as many browsers send more.`,
    columns: [
      "",
      "authorization requests",
      `% in the largest ${WINDOW_MS} ms`,
      "reads",
      `% in the largest ${WINDOW_MS} ms`,
      "s to the last read",
    ],
    rows: trials.map(({ name, measures }) => {
      const figure = (of: (measure: Reconnect) => number): string => figureText(sampleOf(measures.map(of)));
      return [
        name,
        figure(({ requestsMs }) => requestsMs.length),
        figure(({ requestsMs }) => 100 * shareOf(requestsMs)),
        figure(({ readsMs }) => readsMs.length),
        figure(({ readsMs }) => 100 * shareOf(readsMs)),
        figure(({ readsMs }) => Math.max(...readsMs) / 1000),
      ];
    }),
    targets: [
      target({
        what: `${pageCount} pages reconnect: authorization requests, to bare \`pusher-js\`'s`,
        measured: ratioBetween(trials, OURS, BARE, ({ requestsMs }) => requestsMs.length),
        atMost: LIMITS.requests,
      }),
      shareTarget(trials, `${pageCount} pages reconnect: authorization requests`, ({ requestsMs }) => requestsMs),
      shareTarget(trials, `${pageCount} pages reconnect: reads`, ({ readsMs }) => readsMs),
    ],
    figure: {
      name: "pages-reconnect.svg",
      alt: `Authorization requests and reads in each ${WINDOW_MS} ms after the restart, of bare pusher-js and of the client`,
      svg: reconnectPlot(trials.map(({ name, measures }) => ({ name, reconnect: middleOf(measures) }))),
    },
  };
}

const shareTarget = (
  trials: readonly Trial<Reconnect>[],
  of: string,
  timesMs: (measure: Reconnect) => readonly number[],
) =>
  target({
    what: `${of} in the largest ${WINDOW_MS} ms, to all`,
    measured: sampleOfTrial(trials, OURS, (measure) => shareOf(timesMs(measure))),
    atMost: LIMITS.share,
  });

/** The share of the largest window. */
const shareOf = (timesMs: readonly number[]): number => largestWindow(timesMs, WINDOW_MS) / timesMs.length;

/** The round with the median peak of requests. */
function middleOf(measures: readonly Reconnect[]): Reconnect {
  const sorted = [...measures].sort((a, b) => shareOf(a.requestsMs) - shareOf(b.requestsMs));
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("there is no round");
  return middle;
}
