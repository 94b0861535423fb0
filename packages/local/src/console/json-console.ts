import { environmentVariables } from "../stack/environment.ts";
import { gatewayUrls } from "../stack/gateway-urls.ts";
import type { Console } from "./console.ts";
import { demoFigures, rounded } from "./figures.ts";
import type { JsonLineType } from "./json-line-docs.ts";
import { whoListens } from "./who-listens.ts";

export interface JsonConsoleOptions {
  readonly write: (text: string) => void;
  readonly now: () => Date;
}

/** One JSON object a line, each with `type` and `time`. The first is `ready`, the last `summary`. */
export function createJsonConsole({ write, now }: JsonConsoleOptions): Console {
  // The ready line must be the first one, so earlier lines are buffered.
  let early: string[] | undefined = [];
  const line = (type: JsonLineType, members: object): void => {
    const text = `${JSON.stringify({ type, time: now().toISOString(), ...members })}\n`;
    if (early) early.push(text);
    else write(text);
  };
  return {
    ready(stack, config) {
      const waiting = early ?? [];
      early = undefined;
      line("ready", readyMembers(stack, config));
      for (const text of waiting) write(text);
    },
    skipped: (detail) => line("skipped", { detail }),
    subscribed: (subscriber, channels) => line("subscribed", { subscriber, channels }),
    event: ({ ms, ...report }) => line("event", { ...report, ...(ms !== undefined && { ms: rounded(ms) }) }),
    log: (log) => line("log", log),
    request: ({ durationMs, ...request }) => line("request", { ...request, ms: rounded(durationMs) }),
    demoEnded: () => undefined,
    waiting: () => line("waiting", {}),
    rebuilt: ({ functionName, tookMs, error }) => line("rebuilt", { functionName, ms: rounded(tookMs), error }),
    ended: ({ demo, ownEvents }) => line("summary", { ...(demo && demoFigures(demo)), ownEvents }),
  };
}

type ReadyArguments = Parameters<Console["ready"]>;

function readyMembers(stack: ReadyArguments[0], config: ReadyArguments[1]) {
  const { http, queue, pusher, apiUrl } = stack;
  const { host, port, appId, key, secret } = pusher;
  const { http: _, ...urls } = gatewayUrls(http.url, apiUrl, pusher);
  return {
    ready: true,
    http: http.url,
    sqs: queue.endpoint,
    queueUrl: queue.queueUrl,
    deadLetterQueueUrl: queue.deadLetterQueueUrl,
    pusher: { host, port, appId, key, ...(secret !== undefined && { secret }) },
    urls,
    auth: { mode: config.auth.mode, who: whoListens(config) },
    channels: config.form,
    variables: environmentVariables(stack),
  };
}
