import { startProcess } from "../measure/bench-process.ts";
import type { Scheme } from "../pusher-settings.ts";

/** What the stand-in for Pusher has seen. */
export interface Tally {
  readonly port: number;
  readonly calls: number;
  /** One event for one channel each. */
  readonly entries: number;
}

/** The other end of the relay's calls. */
export interface PusherEnd {
  /** Answers this late from now on; resolves with the tally since the last time, and begins a new one. */
  answerAfter(latencyMs: number): Promise<Tally>;
  stop(): Promise<void>;
}

const STAND_IN = new URL("./pusher-stand-in.ts", import.meta.url);

export function startPusherEnd(scheme: Scheme): PusherEnd {
  const { ask, stop } = startProcess(STAND_IN, [scheme]);
  return {
    async answerAfter(latencyMs) {
      const tally = await ask(latencyMs);
      if (!isTally(tally)) throw new TypeError(`not a tally: ${JSON.stringify(tally)}`);
      return tally;
    },
    stop,
  };
}

function isTally(value: unknown): value is Tally {
  if (typeof value !== "object" || value === null) return false;
  const { port, calls, entries }: Partial<Tally> = value;
  return typeof port === "number" && typeof calls === "number" && typeof entries === "number";
}
