import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** When one event passed each point of its way, in this process's milliseconds. */
export interface Passage {
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly enteredMs: number;
  readonly publishedMs: number;
  readonly heardMs: number;
}

/** Parts of the way, one after another. */
export const STAGES: readonly { readonly name: string; readonly of: (passage: Passage) => number }[] = [
  { name: "send, queue, poll", of: ({ sentMs, receivedMs }) => receivedMs - sentMs },
  { name: "invoke", of: ({ receivedMs, enteredMs }) => enteredMs - receivedMs },
  { name: "relay", of: ({ enteredMs, publishedMs }) => publishedMs - enteredMs },
  { name: "publish to callback", of: ({ publishedMs, heardMs }) => heardMs - publishedMs },
];

export const wholeMs = ({ sentMs, heardMs }: Passage): number => heardMs - sentMs;

/** Collects the points of one event at a time. */
export interface Stopwatch {
  receive(atMs: number): void;
  enter(atMs: number): void;
  /** Returns the times since the last call. A stage that was not reached has the time of the start. */
  take(sentMs: number, heardMs: number): Passage;
  stop(): void;
}

const REQUEST_START = "http.server.request.start";

/** The paths of Pusher's HTTP API distinguish Pusher from the other servers of this process. */
export function createStopwatch(): Stopwatch {
  let points: Partial<Passage> = {};
  const onRequest = (message: unknown): void => {
    const { request }: { readonly request?: Pick<IncomingMessage, "url"> } = Object(message);
    if (request?.url?.startsWith("/apps/")) points = { ...points, publishedMs: performance.now() };
  };
  subscribe(REQUEST_START, onRequest);
  return {
    receive(receivedMs) {
      points = { ...points, receivedMs };
    },
    enter(enteredMs) {
      points = { ...points, enteredMs };
    },
    take(sentMs, heardMs) {
      const passage = { receivedMs: sentMs, enteredMs: sentMs, publishedMs: sentMs, ...points, sentMs, heardMs };
      points = {};
      return passage;
    },
    stop: () => unsubscribe(REQUEST_START, onRequest),
  };
}
