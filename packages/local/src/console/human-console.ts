import { printable, printableLines } from "@realtime-gateway/command-line";
import { environmentLines } from "../stack/environment.ts";
import { type ChannelsCell, createChannelsCell } from "./channels-cell.ts";
import type { Console } from "./console.ts";
import { eventRow } from "./event-row.ts";
import { rounded } from "./figures.ts";
import { logText } from "./log-text.ts";
import { createPage, type Page, type Row, timeOfDay } from "./page.ts";
import { createPaint, type Paint } from "./paint.ts";
import { type Recipe, recipes } from "./send-lines.ts";
import { summaryLines } from "./summary-lines.ts";
import { whoListens } from "./who-listens.ts";

export interface HumanConsoleOptions {
  readonly write: (text: string) => void;
  readonly coloured: boolean;
  /** Of the terminal. */
  readonly width: number;
  readonly now: () => Date;
}

const LABEL_WIDTH = 10;
const INDENT = "  ";

/** Text for people: a banner, a table with a row for each event, and the lines to copy. */
export function createHumanConsole(options: HumanConsoleOptions): Console {
  const paint = createPaint(options.coloured);
  const page = createPage({ ...options, paint });
  const tell = (text: string, style?: keyof Paint): void => page.paragraph(INDENT, text, { indent: 4, style });
  let cell: ChannelsCell = createChannelsCell(page, "private");
  let own: readonly Recipe[] = [];
  let variables: readonly string[] = [];
  let basePath = "";
  let hasHeader = false;
  function show(row: Row): void {
    if (!hasHeader) page.header(cell.header);
    hasHeader = true;
    page.row(row);
  }
  /** The rows of the demo's own requests are hidden. */
  let demoRuns = true;

  return {
    ready(stack, config) {
      cell = createChannelsCell(page, config.form);
      own = recipes(stack, config);
      variables = environmentLines(stack);
      basePath = new URL(stack.apiUrl).pathname;
      banner(page, stack, config);
    },
    skipped: (what) => page.bullet("●", "yellow", `the demo skips ${what}`),
    subscribed(subscriber, channels) {
      page.bullet("●", "green", `${subscriber} listens to ${channels.join(" and ")}`);
    },
    event: (report) => show(eventRow(report, cell)),
    log(log) {
      const text = logText(log);
      if (text !== undefined) tell(printable(text), log.level === "hint" ? "yellow" : "dim");
    },
    request({ method, path, status, durationMs, error }) {
      const route = path.startsWith(basePath) ? path.slice(basePath.length) : path;
      const isOwn = demoRuns || route === "/webhook";
      if (isOwn && status < 400) return;
      const rest = `${rounded(durationMs)} ms${error === undefined ? "" : `: ${error}`}`;
      const colour = status < 400 ? "plain" : "red";
      show({ event: printable(`${method} ${route}`), fate: `${status}`, rest, colour, restColour: "dim" });
    },
    demoEnded(demo) {
      page.line();
      for (const { mark, colour, text } of summaryLines(demo)) page.bullet(mark, colour, text);
      page.line();
    },
    waiting() {
      demoRuns = false;
      page.line("Variables for another service's .env", "bold");
      for (const variable of variables) page.line(INDENT + variable);
      for (const { task, lines } of own) {
        page.line();
        page.line(task, "bold");
        for (const line of lines) page.line(INDENT + line);
      }
      page.line();
      page.line("Ready for your own events. Ctrl-C stops everything.");
      page.header(cell.header);
      hasHeader = true;
    },
    rebuilt({ functionName, tookMs, error }) {
      const text = error === undefined ? `rebuilt and restarted (${Math.round(tookMs)} ms)` : printableLines(error);
      const style = error === undefined ? "plain" : "red";
      page.line(`${timeOfDay(options.now())}  ${functionName}: ${paint[style](text)}`);
    },
    ended({ ownEvents }) {
      const counts = Object.entries(ownEvents).map(([fate, count]) => `${count} ${fate}`);
      if (counts.length === 0) return;
      page.line();
      page.paragraph("Your own events: ", counts.join(", "), { indent: 2 });
    },
  };
}

type ReadyArguments = Parameters<Console["ready"]>;

function banner(page: Page, stack: ReadyArguments[0], config: ReadyArguments[1]): void {
  const { queue, pusher } = stack;
  const fact = (label: string, text: string): void => page.paragraph(INDENT + label.padEnd(LABEL_WIDTH), text);
  const isFifo = queue.queueUrl.endsWith(".fifo");
  const payloads = `${config.form} ones, with payloads up to ${config.maxPayloadBytes} bytes`;
  page.line("The realtime gateway runs on this machine", "bold");
  page.line();
  fact("Console", `${stack.http.url} shows each event on its way`);
  fact("HTTP", stack.apiUrl);
  fact("SQS", queue.queueUrl);
  fact("", queue.deadLetterQueueUrl);
  fact("Pusher", `${pusher.server?.url ?? pusher.host} (app ${pusher.appId})`);
  fact("Channels", config.dryRun ? "none: a dry run publishes nothing" : payloads);
  fact("Auth", whoListens(config));
  fact(
    "Order",
    isFifo
      ? "kept within a message group; SQS drops a repeated body for 5 minutes"
      : "kept within one batch only; --fifo keeps it",
  );
  page.line();
}
