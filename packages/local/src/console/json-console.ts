import type { Console } from "./console.ts";
import { demoFigures, rounded } from "./figures.ts";

/** One JSON object a line. The first is the ready line, the last a summary. */
export function createJsonConsole(write: (text: string) => void): Console {
  // The ready line must be the first one, so earlier lines are buffered.
  let early: string[] | undefined = [];
  const line = (value: object): void => {
    const text = `${JSON.stringify(value)}\n`;
    if (early) early.push(text);
    else write(text);
  };
  return {
    ready({ http, queue, pusher }) {
      const { host, port, appId, key, secret } = pusher;
      const waiting = early ?? [];
      early = undefined;
      line({
        ready: true,
        http: http.url,
        sqs: queue.endpoint,
        queueUrl: queue.queueUrl,
        deadLetterQueueUrl: queue.deadLetterQueueUrl,
        pusher: { host, port, appId, key, ...(secret !== undefined && { secret }) },
      });
      for (const text of waiting) write(text);
    },
    subscribed: (subscriber, channels) => line({ type: "subscribed", subscriber, channels }),
    landed: ({ name, channels, bytes, truncated, tookMs }) =>
      line({ type: "event", event: name, channels, bytes, truncated, ms: rounded(tookMs) }),
    replaced: ({ name, channels }) => line({ type: "replaced", event: name, channels }),
    deadLettered: (code, tookMs) => line({ type: "dead_letter", code, ms: rounded(tookMs) }),
    published: ({ event, channel, data }) =>
      line({ type: "published", event, channel, bytes: Buffer.byteLength(data) }),
    log: (log) => line({ type: "log", ...log }),
    request: ({ method, path, status, durationMs }) =>
      line({ type: "request", method, path, status, ms: rounded(durationMs) }),
    summary: ({ demo, ownPublications }) => line({ type: "summary", ...(demo && demoFigures(demo)), ownPublications }),
    waiting: () => undefined,
    rebuilt: ({ functionName, tookMs, error }) => line({ type: "rebuilt", functionName, ms: rounded(tookMs), error }),
  };
}
