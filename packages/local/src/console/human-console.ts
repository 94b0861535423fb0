import { printable, printableLines } from "@realtime-gateway/command-line";
import type { Console, FunctionLog } from "./console.ts";
import { environmentLines } from "./environment.ts";
import { demoFigures, rounded } from "./figures.ts";
import { createPaint } from "./paint.ts";

const EVENT_COLUMN = 37;
const BYTES_COLUMN = 7;
const MS_COLUMN = 7;

/** Text for people: each event with its size, its time and its channels. */
export function createHumanConsole(write: (text: string) => void, coloured: boolean): Console {
  const paint = createPaint(coloured);
  const line = (text = ""): void => write(`${text}\n`);
  const row = (event: string, bytes: number | string, ms: number | string, rest: string): void =>
    line(`  ${event.padEnd(EVENT_COLUMN)}${`${bytes}`.padStart(BYTES_COLUMN)}${`${ms}`.padStart(MS_COLUMN)}  ${rest}`);

  return {
    ready(stack, config) {
      const { http, queue, pusher } = stack;
      line(paint.bold("The realtime gateway runs on this machine"));
      line();
      line(`  HTTP    ${stack.apiUrl}  (POST /auth, /user-auth, /test, /webhook, GET /health)`);
      line(`  SQS     ${queue.queueUrl}`);
      line(`          ${queue.deadLetterQueueUrl}  (dead letters)`);
      line(
        `  Pusher  ${pusher.server ? http.url.replace(/:\d+$/, `:${pusher.port}`) : pusher.host}  (app ${pusher.appId})`,
      );
      line(
        `  Sends   ${config.dryRun ? "nothing (dry run)" : `to ${config.form} channels`}, payloads up to ${config.maxPayloadBytes} bytes`,
      );
      line();
      line(paint.dim("For another service's .env:"));
      line();
      for (const variable of environmentLines(stack)) line(`  ${variable}`);
      line();
    },
    subscribed(subscriber, channels) {
      line(`${paint.green("●")} ${subscriber} listens to ${channels.join(" and ")}`);
    },
    landed({ name, channels, bytes, truncated, tookMs }) {
      const mark = truncated ? `${paint.yellow("truncated")} ` : "";
      row(name, bytes, rounded(tookMs) ?? "", `${mark}${paint.dim(channels.join("  "))}`);
    },
    replaced: ({ name, channels }) =>
      row(name, "", "", `${paint.yellow("replaced by a newer one")} ${paint.dim(channels.join("  "))}`),
    deadLettered(code, tookMs) {
      line(`${paint.yellow("●")} the broken message is in the dead-letter queue as ${code}, after ${seconds(tookMs)}`);
    },
    published: ({ event, channel, data }) =>
      row(printable(event), Buffer.byteLength(data), "", paint.dim(printable(channel))),
    log(log) {
      const text = describe(log);
      if (text !== undefined) line(paint.dim(`  ${log.functionName}: ${printable(text)}`));
    },
    request: ({ method, path, status, durationMs }) =>
      line(paint.dim(`  ${method} ${printable(path)} ${status} (${rounded(durationMs)} ms)`)),
    summary({ demo, ownPublications }) {
      if (ownPublications > 0) line(`\nPublished for your own events: ${ownPublications}`);
      if (demo === undefined) return;
      const { ok, events, fates, expected, arrived, truncated, p50Ms, p99Ms, ...rest } = demoFigures(demo);
      const accounted = Object.entries(fates).flatMap(([fate, count]) => (count > 0 ? [`${count} ${fate}`] : []));
      line();
      line(`${ok ? paint.green("✔") : paint.red("✘")} ${events} events sent: ${accounted.join(", ")}`);
      line(`  ${arrived} of ${expected} deliveries arrived, ${truncated} truncated, ${rest.duplicates} duplicates`);
      if (p50Ms !== null) line(`  from send to receipt: ${p50Ms} ms at the median, ${p99Ms} ms at the 99th percentile`);
      if (rest.unexpected > 0) line(paint.red(`  ${rest.unexpected} deliveries should not have arrived`));
      if (!rest.deadLettered) line(paint.red("  the broken message did not reach the dead-letter queue"));
      for (const { name, channel } of rest.missing) line(paint.red(`  missing: ${name} on ${channel}`));
    },
    waiting() {
      line();
      line("Ready for your own events: send them to the queue, or POST /test. Ctrl-C stops everything.");
      line();
    },
    rebuilt({ functionName, tookMs, error }) {
      const text = error === undefined ? `rebuilt and restarted (${Math.round(tookMs)} ms)` : printableLines(error);
      line(`${timeOfDay(new Date())} ${functionName}: ${error === undefined ? text : paint.red(text)}`);
    },
  };

  function seconds(ms: number): string {
    return `${(ms / 1000).toFixed(1)} s`;
  }
}

const timeOfDay = (date: Date): string => date.toTimeString().slice(0, 8);

/** Warnings and errors as a line. Omits log records whose event has a row already. */
function describe({ level, message }: FunctionLog): string | undefined {
  if (typeof message !== "object" || message === null) return String(message);
  const { message: name, ...fields } = { message: "", ...message };
  if (level === "INFO" && name !== "dry_run") return undefined;
  if (name === "payload_truncated") return undefined;
  const shown = Object.entries(fields).map(
    ([field, value]) => `${field}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return `${name} ${shown.join(" ")}`;
}
