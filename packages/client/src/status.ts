import type { Stop } from "./stop.ts";
import { safely } from "./time.ts";
import type { Status } from "./types.ts";

/** The status of the whole connection. */
export interface StatusTracker {
  readonly current: () => Status;
  readonly onStatus: (handler: (status: Status) => void) => Stop;
  readonly become: (status: "denied" | "closed") => void;
  readonly setConnected: (isConnected: boolean) => void;
  /** A subscription or a read changed. */
  readonly update: Stop;
}

/** `isSettled` returns true if every channel is subscribed and read. */
export function createStatus(isSettled: () => boolean): StatusTracker {
  const handlers = new Set<(status: Status) => void>();
  let status: Status = "idle";
  let isConnected = false;
  let wasLive = false;

  const become = (next: Status): void => {
    if (next === status || status === "closed") return;
    status = next;
    for (const handler of [...handlers]) safely(() => handler(next));
  };

  const update = (): void => {
    if (!isConnected || !isSettled()) return;
    wasLive = true;
    become("live");
  };

  return {
    current: () => status,
    onStatus: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    become,
    setConnected: (next) => {
      isConnected = next;
      if (next || status !== "denied") become(wasLive ? (next ? "catching_up" : "offline") : "connecting");
      update();
    },
    update,
  };
}
