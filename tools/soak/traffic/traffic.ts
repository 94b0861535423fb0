import type { SentEvent } from "../checker/observations.ts";
import { createDice, type Dice } from "../dice.ts";
import { createCast } from "./cast.ts";
import type { Draft } from "./draft.ts";
import { ENVELOPE_FORMS } from "./envelopes.ts";
import { playScene } from "./scenes.ts";

/** A queue message, and what is known of its event. A copy has the marker of the first one. */
export interface SoakMessage extends Omit<SentEvent, "firstAt" | "lastAt" | "group"> {
  readonly body: string;
  readonly group: string;
}

export interface TrafficOptions {
  readonly seed: number;
  readonly messages: number;
  /** Milliseconds since 1970: when the first event happens. */
  readonly startMs: number;
}

/** Events whose `time` is older are not delivered: what the run sets `REALTIME_MAX_EVENT_AGE_SECONDS` to. */
export const MAX_EVENT_AGE_SECONDS = 3_600;
const LONG_AGO_MS = 24 * MAX_EVENT_AGE_SECONDS * 1_000;

/** Entities at a time. */
const CAST_SIZE = 60;
/** Producers that are not sure whether they have sent, and send again. */
const SENT_TWICE = 0.03;
const COPY_WITHIN_MESSAGES = 60;
/** Producers that give the next event the id of the last: another payload, and so another event. */
const ID_TWICE = 0.005;
/** Clocks that go backwards by some seconds. */
const BACKWARDS = 0.03;
const BACKWARDS_MS = 5_000;
/** One entity in so many has a producer whose envelopes name no time. */
const TIMELESS_ENTITIES = 20;

/** The same messages for the same options, one at a time, so that a run of any length needs no more memory. */
export function* traffic({ seed, messages, startMs }: TrafficOptions): Generator<SoakMessage, void> {
  const dice = createDice(seed);
  const cast = createCast(dice, CAST_SIZE);
  const copies = new Map<number, SoakMessage>();
  let scene: Draft[] = [];
  let marker = 0;
  for (let number = 0; number < messages; number += 1) {
    const copy = copies.get(number);
    copies.delete(number);
    while (scene.length === 0) scene = [...playScene(dice, cast)];
    const draft = copy === undefined ? scene.shift() : undefined;
    const message = copy ?? (draft && sent(draft, marker++, startMs + number, dice));
    if (message === undefined) continue;
    if (copy === undefined && dice.chance(SENT_TWICE))
      copies.set(number + 1 + dice.below(COPY_WITHIN_MESSAGES), message);
    yield message;
  }
}

function sent({ write, ...draft }: Draft, marker: number, nowMs: number, dice: Dice): SoakMessage {
  const id = `soak-${dice.chance(ID_TWICE) ? marker - 1 : marker}`;
  const form = dice.below(ENVELOPE_FORMS);
  const timeMs = draft.fate === "expired" ? nowMs - LONG_AGO_MS : timeOf(draft, nowMs, dice);
  return { ...draft, marker, timeMs, body: write({ marker, id, timeMs, form }) };
}

function timeOf({ channels }: Pick<Draft, "channels">, nowMs: number, dice: Dice): number | undefined {
  if (Buffer.from(channels.join()).reduce((sum, byte) => sum + byte, 0) % TIMELESS_ENTITIES === 0) return undefined;
  return dice.chance(BACKWARDS) ? nowMs - BACKWARDS_MS : nowMs;
}
