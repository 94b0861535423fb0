import type { PusherServer } from "@realtime-gateway/local";
import type { Dice } from "../dice.ts";
import { outage } from "./faults.ts";

export interface HavocDeps {
  readonly server: PusherServer;
  readonly dice: Dice;
  /** Messages of the whole run: a long one sees more of it, but not in proportion. */
  readonly messages: number;
  kill(): void;
}

const SHORTEST_GAP = 300;
const GAPS_IN_A_RUN = 30;
const MOST_CALLS_OF_AN_OUTAGE = 60;

/**
 * What comes over everybody at once: the relay's processes are killed, or Pusher goes away for a while. It strikes by the number of
 * publications, and so always in the middle of an invocation, between a publish and its acknowledgement.
 */
export function startHavoc({ server, dice, messages, kill }: HavocDeps): void {
  const gap = Math.max(SHORTEST_GAP, Math.floor(messages / GAPS_IN_A_RUN));
  const next = (): number => gap + dice.below(gap);
  let left = next();
  server.onPublish(() => {
    left -= 1;
    if (left > 0) return;
    left = next();
    if (dice.chance(0.3)) server.faults.add(outage(10 + dice.below(MOST_CALLS_OF_AN_OUTAGE)));
    else kill();
  });
}
