import type { ServerResponse } from "node:http";
import type { EventList, GatewayEvent, GatewayFigures } from "@realtime-gateway/local/control";
import { startHttpApi } from "../../packages/local/src/http-api/http-api.ts";
import { createPageRoutes } from "../../packages/local/src/page/page-routes.ts";
import { gatewayEvent } from "./gateway-event.ts";
import { metronome } from "./metronome.ts";

/** The real page with a stream of an exact rate. On a busy machine, a real stack takes as many events as it can. */
export interface ConsoleFeed {
  readonly url: string;
  /** Resolves when every event was sent, first as waiting, then as published. A second call continues with new events. */
  play(eventsPerSecond: number, seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** As the stack: at most ten frames a second. */
const FRAMES_PER_SECOND = 10;
const NO_FIGURES: GatewayFigures = {
  events: 0,
  eventsPerSecond: 0,
  byStatus: {},
  calls: 0,
  retries: 0,
  callsPerEvent: 0,
  billable: { published: 0, delivered: 0 },
  saved: { callsByBatching: 0, messagesByReplacing: 0 },
};

export async function startConsoleFeed(): Promise<ConsoleFeed> {
  const streams: ServerResponse[] = [];
  const send = (event: string, data: object): void => {
    for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const stream = {
    path: "/_realtime/stream",
    answer: async () => ({
      status: 200 as const,
      headers: { "content-type": "text/event-stream" },
      open(outgoing: ServerResponse): void {
        streams.push(outgoing);
        send("figures", NO_FIGURES);
      },
    }),
  };
  const pageRoutes = createPageRoutes({ webSocketUrl: () => "ws://127.0.0.1:1" });
  const http = await startHttpApi({ port: 0, routes: [], ownRoutes: [stream, ...pageRoutes] });
  let seq = 0;
  return {
    url: http.url,
    async play(eventsPerSecond, seconds) {
      const nextFrame = metronome(FRAMES_PER_SECOND);
      let waiting: readonly GatewayEvent[] = [];
      for (let frame = 0; frame <= seconds * FRAMES_PER_SECOND; frame += 1) {
        const published = waiting.map((event): GatewayEvent => ({ ...event, status: "published", ms: 20 }));
        const isLast = frame === seconds * FRAMES_PER_SECOND;
        waiting = Array.from({ length: isLast ? 0 : eventsPerSecond / FRAMES_PER_SECOND }, () => {
          seq += 1;
          return gatewayEvent({ seq, key: `m${seq}`, status: "waiting", flags: ["waiting"], acceptedAtMs: Date.now() });
        });
        send("events", { seq, events: [...published, ...waiting] } satisfies EventList);
        await nextFrame();
      }
    },
    async close() {
      for (const stream of streams) stream.end();
      await http.close();
    },
  };
}
