import type { Dice } from "../dice.ts";

/** Bursts in a run: one in a short run, and one more for so many messages. */
const MESSAGES_PER_BURST = 1_500;
const MAX_BURSTS = 8;
const SHORTEST_QUIET = 200;
/** Kills in a row. In a short run, each one costs a good part of the time: a visibility timeout. */
const LONGEST_BURST = { short: 2, long: 3 } as const;
const LONG_RUN_MESSAGES = 5_000;
const WITHIN_A_BURST = 25;
const OUTAGES = 0.3;

export type Havoc = "kill" | "outage";

/**
 * Strikes by the number of publications, and so in the middle of an invocation: between a publication and its acknowledgement.
 * Kills come in bursts with quiet times between them, so that a process also lives long enough to remember events.
 */
export function createHavocPlan(dice: Dice, messages: number) {
  const bursts = Math.min(MAX_BURSTS, 1 + messages / MESSAGES_PER_BURST);
  // In publications. There are about as many as messages.
  const quiet = Math.max(SHORTEST_QUIET, Math.floor(messages / bursts));
  const longest = messages < LONG_RUN_MESSAGES ? LONGEST_BURST.short : LONGEST_BURST.long;
  const quietTime = (): number => Math.floor(quiet / 2) + dice.below(quiet);
  let left = quietTime();
  let kills = 0;
  return {
    /** The strike that this publication causes. */
    onPublication(): Havoc | undefined {
      left -= 1;
      if (left > 0) return undefined;
      if (kills === 0) {
        if (dice.chance(OUTAGES)) {
          left = quietTime();
          return "outage";
        }
        kills = 1 + dice.below(longest);
      }
      kills -= 1;
      left = kills > 0 ? 1 + dice.below(WITHIN_A_BURST) : quietTime();
      return "kill";
    },
  };
}
