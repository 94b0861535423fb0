import { startProcess } from "../measure/bench-process.ts";
import type { Scheme } from "../pusher-settings.ts";

/** The calls that Pusher's stand-in received. */
export interface PusherTally {
  readonly port: number;
  readonly calls: number;
  /** One event for one channel each. */
  readonly entries: number;
  /** In PEM; empty without TLS. */
  readonly certificate: string;
}

/** The other end of the relay's calls. */
export interface PusherEnd {
  /** Answers this late from now on; resolves with the tally since the last time, and begins a new one. */
  answerAfter(latencyMs: number): Promise<PusherTally>;
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

function isTally(value: unknown): value is PusherTally {
  if (typeof value !== "object" || value === null) return false;
  const { port, calls, entries, certificate }: Partial<PusherTally> = value;
  return [port, calls, entries].every((count) => typeof count === "number") && typeof certificate === "string";
}
