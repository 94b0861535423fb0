import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "@realtime-gateway/local";
import { startSubscriber } from "../../../packages/local/src/demo/subscriber.ts";
import { AUDIT_ID } from "./senders.ts";

/** From the start of a send to the callback, in this process's milliseconds. */
export interface Times {
  readonly sentMs: number;
  readonly heardMs: number;
}

/** A page that looks at the audit, subscribed through the real auth function. */
export interface Viewer {
  /** Sends, then resolves when the event with this id arrives. */
  timesOf(eventId: string, send: () => Promise<unknown>): Promise<Times>;
  close(): void;
}

const ARRIVAL_TIMEOUT_MS = 10_000;

export async function startViewer(stack: Stack): Promise<Viewer> {
  const waiting = new Map<string, (heardMs: number) => void>();
  const { close } = await startSubscriber({
    target: stack.pusher,
    apiUrl: stack.apiUrl,
    form: "private",
    subjects: [{ kind: "audit", id: AUDIT_ID }],
    onEvent: ({ data }) => waiting.get(eventIdOf(data))?.(performance.now()),
  });
  return {
    async timesOf(eventId, send) {
      const arrival = new Promise<number>((resolve) => waiting.set(eventId, resolve));
      const sentMs = performance.now();
      await send();
      const heardMs = await within(ARRIVAL_TIMEOUT_MS, arrival);
      waiting.delete(eventId);
      return { sentMs, heardMs };
    },
    close,
  };
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const tooLate = delay(timeoutMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`an event did not arrive within ${timeoutMs} ms`);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    done.abort();
  }
}

function eventIdOf(data: unknown): string {
  return typeof data === "object" && data !== null && "event_id" in data ? String(data.event_id) : "";
}
