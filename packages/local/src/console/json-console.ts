import type { Console } from "./console.ts";
import { demoFigures, rounded } from "./figures.ts";

/** One JSON object a line. The first is the ready line, the last a summary. */
export function createJsonConsole(write: (text: string) => void): Console {
  const line = (value: object): void => write(`${JSON.stringify(value)}\n`);
  return {
    ready({ http, queue, pusher }) {
      const { host, port, appId, key, secret } = pusher;
      line({
        ready: true,
        http: http.url,
        sqs: queue.endpoint,
        queueUrl: queue.queueUrl,
        deadLetterQueueUrl: queue.deadLetterQueueUrl,
        pusher: { host, port, appId, key, ...(secret !== undefined && { secret }) },
      });
    },
    subscribed: (subscriber, channels) => line({ type: "subscribed", subscriber, channels }),
    landed: ({ name, channels, bytes, truncated, tookMs }) =>
      line({ type: "event", event: name, channels, bytes, truncated, ms: rounded(tookMs) }),
    deadLettered: (code, tookMs) => line({ type: "dead_letter", code, ms: rounded(tookMs) }),
    published: ({ event, channel, data }) =>
      line({ type: "published", event, channel, bytes: Buffer.byteLength(data) }),
    log: (log) => line({ type: "log", ...log }),
    request: ({ method, path, status, durationMs }) =>
      line({ type: "request", method, path, status, ms: rounded(durationMs) }),
    summary: ({ demo, ownPublications }) => line({ type: "summary", ...(demo && demoFigures(demo)), ownPublications }),
    waiting: () => undefined,
  };
}
