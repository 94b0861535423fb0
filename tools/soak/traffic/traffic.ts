import type { SqsAttributes } from "@realtime-gateway/dead-letter";
import type { SentEvent } from "../checker/observations.ts";
import { createDice, type Dice } from "../dice.ts";
import { attributesOf } from "./attributes.ts";
import type { Draft } from "./draft.ts";
import { createEntityPool } from "./entities.ts";
import { ENVELOPE_FORMS, isIdentified } from "./envelopes.ts";
import { playScene } from "./scenes.ts";

/** A queue message and its event. A copy has the marker of the first message. */
export interface SoakMessage extends Omit<SentEvent, "firstAt" | "lastAt" | "messages" | "group"> {
  readonly body: string;
  readonly attributes: SqsAttributes;
  readonly group: string;
  /** The source text of the payload; `undefined` for a poison message. */
  readonly payload: string | undefined;
}

export interface TrafficOptions {
  readonly seed: number;
  readonly messages: number;
  /** Milliseconds since 1970: when the first event happens. */
  readonly startMs: number;
}

/** The run's `REALTIME_MAX_EVENT_AGE_SECONDS`. The relay does not publish older events. */
export const MAX_EVENT_AGE_SECONDS = 3_600;
const LONG_AGO_MS = 24 * MAX_EVENT_AGE_SECONDS * 1_000;

/** Audits at a time. */
const POOL_SIZE = 60;
/** Producers that got no answer send a message again. */
const SENT_TWICE = 0.03;
const COPY_WITHIN_MESSAGES = 60;
/** Producers that use the id of the last event again. The payload differs, so it is another event. */
const ID_TWICE = 0.005;
/** Clocks that go backwards by some seconds. */
const BACKWARDS = 0.03;
const BACKWARDS_MS = 5_000;
/** One entity in so many has a producer whose envelopes name no time. */
const TIMELESS_ENTITIES = 20;

/** The same messages for the same options, one at a time, so that a run of any length needs no more memory. */
export function* traffic({ seed, messages, startMs }: TrafficOptions): Generator<SoakMessage, void> {
  const dice = createDice(seed);
  const pool = createEntityPool(dice, POOL_SIZE);
  const copies = new Map<number, SoakMessage>();
  let scene: Draft[] = [];
  let marker = 0;
  for (let number = 0; number < messages; number += 1) {
    const copy = copies.get(number);
    copies.delete(number);
    while (scene.length === 0) scene = [...playScene(dice, pool)];
    const draft = copy === undefined ? scene.shift() : undefined;
    const message = copy ?? (draft && sent(draft, marker++, startMs + number, dice));
    if (message === undefined) continue;
    if (copy === undefined && dice.chance(SENT_TWICE))
      copies.set(number + 1 + dice.below(COPY_WITHIN_MESSAGES), message);
    yield message;
  }
}

function sent({ write, payload, ...draft }: Draft, marker: number, nowMs: number, dice: Dice): SoakMessage {
  const id = `soak-${dice.chance(ID_TWICE) ? marker - 1 : marker}`;
  const form = dice.below(ENVELOPE_FORMS);
  const timeMs = draft.fate === "expired" ? nowMs - LONG_AGO_MS : timeOf(draft, nowMs, dice);
  return {
    ...draft,
    marker,
    timeMs,
    identified: isIdentified(form),
    attributes: attributesOf(dice),
    payload: payload(marker),
    body: write({ marker, id, timeMs, form }),
  };
}

function timeOf({ channels }: Pick<Draft, "channels">, nowMs: number, dice: Dice): number | undefined {
  if (Buffer.from(channels.join()).reduce((sum, byte) => sum + byte, 0) % TIMELESS_ENTITIES === 0) return undefined;
  return dice.chance(BACKWARDS) ? nowMs - BACKWARDS_MS : nowMs;
}
