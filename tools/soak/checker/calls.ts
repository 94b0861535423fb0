import {
  describe,
  type Observations,
  type ObservedCall,
  type ObservedInvocation,
  type SentEvent,
  type Violation,
} from "./observations.ts";
import { entry, type Sightings } from "./sightings.ts";

/** Pusher takes ten events in one call (HTTP API reference). */
const MAX_CALL_ENTRIES = 10;
/** Four attempts in a batch, and four on its own after a rejection of that batch. */
const MAX_SENDS = 8;
/** An answer needs some time to reach all calls of a busy process. */
const REACTION_MS = 600;
/** Timers and clocks are exact to a few milliseconds. */
const CLOCK_MS = 20;

/** L4: each entry has its event's own name, and goes to one of its event's channels. */
export const strays = ({ calls, sent }: Observations): Violation[] =>
  calls.flatMap(({ entries }) =>
    entries.flatMap(({ marker, name, channel }): Violation[] => {
      const event = marker === undefined ? undefined : sent.get(marker);
      if (event?.name === name && event.channels.includes(channel)) return [];
      const what = event === undefined ? "of no event that was sent" : `of ${describe(event)}`;
      return [{ law: "L4", detail: `${name} on ${channel}, ${what}` }];
    }),
  );

/** L6: each payload is the one that was sent. */
export const damagedPayloads = ({ calls, sent }: Observations): Violation[] =>
  calls.flatMap(({ entries }) =>
    entries.flatMap(({ marker, channel, fault }): Violation[] => {
      const event = marker === undefined ? undefined : sent.get(marker);
      if (event === undefined || fault === undefined) return [];
      return [{ law: "L6", detail: `${fault}, on ${channel}: ${describe(event)}` }];
    }),
  );

/** L9: bounds on the calls of an invocation, and on the publications of an event in a run without faults. */
export const needlessCalls = (observations: Observations, sightings: Sightings): Violation[] => [
  ...observations.invocations.flatMap((invocation, number) => {
    const calls = ownCalls(invocation, observations, sightings);
    return [
      ...repeatedEntries(calls, invocation, observations.sent).map((what) => `${what}, in invocation ${number}`),
      ...unfilledCalls(invocation, calls, observations).map((what) => `${what}, in invocation ${number}`),
    ].map((detail): Violation => ({ law: "L9", detail }));
  }),
  ...(observations.faultless ? repeatedEvents(observations, sightings) : []),
];

/** The calls that only this invocation can have made. */
const ownCalls = (
  invocation: ObservedInvocation,
  { calls }: Observations,
  sightings: Sightings,
): readonly ObservedCall[] =>
  calls
    .slice(invocation.fromCall, invocation.toCall)
    .filter(({ entries }) =>
      entries.every(({ marker }) => marker !== undefined && sightings.isOwn(invocation, marker)),
    );

/** An entry that a call published is not sent again, and no entry is sent more often than the attempts allow. */
function repeatedEntries(
  calls: readonly ObservedCall[],
  { messages }: ObservedInvocation,
  sent: Observations["sent"],
): readonly string[] {
  const counts = new Map<string, { event: SentEvent; channel: string; clean: number; sends: number }>();
  for (const { entries, end } of calls)
    for (const { marker, channel } of entries) {
      const event = marker === undefined ? undefined : sent.get(marker);
      if (event === undefined) continue;
      const count = entry(counts, `${marker} ${channel}`, () => ({ event, channel, clean: 0, sends: 0 }));
      count.sends += 1;
      if (end === "clean") count.clean += 1;
    }
  const copies = new Map<number | undefined, number>();
  for (const { marker } of messages) copies.set(marker, (copies.get(marker) ?? 0) + 1);
  return [...counts.values()].flatMap(({ event, channel, clean, sends }) => {
    const due = event.identified ? 1 : (copies.get(event.marker) ?? 0);
    const isWithin = clean <= due && sends <= due * MAX_SENDS;
    return isWithin ? [] : [`sent ${sends} times and published ${clean} times on ${channel}: ${describe(event)}`];
  });
}

/** Without a fault, the calls are as few as the entries allow. */
function unfilledCalls(
  { end, fromCall, toCall }: ObservedInvocation,
  own: readonly ObservedCall[],
  { calls }: Observations,
): readonly string[] {
  if (end !== "answered" || calls.slice(fromCall, toCall).some((call) => call.end !== "clean")) return [];
  const entries = own.reduce((sum, call) => sum + call.entries.length, 0);
  return own.length <= Math.ceil(entries / MAX_CALL_ENTRIES) ? [] : [`${own.length} calls for ${entries} entries`];
}

const repeatedEvents = ({ sent }: Observations, sightings: Sightings): readonly Violation[] =>
  [...sent.values()].flatMap((event) =>
    event.channels
      .filter((channel) => sightings.acceptedAt(event.marker, channel).length > event.messages)
      .map((channel): Violation => ({ law: "L9", detail: `published too often on ${channel}: ${describe(event)}` })),
  );

/** L10: within the pause, the invocation that got the answer starts no call. */
export const brokenPauses = (observations: Observations, sightings: Sightings): Violation[] =>
  observations.invocations.flatMap((invocation, number) => {
    const calls = ownCalls(invocation, observations, sightings);
    return calls.flatMap((asking) => {
      if (asking.pauseMs === 0) return [];
      const untilMs = asking.answeredAtMs + asking.pauseMs - CLOCK_MS;
      const early = calls.find(
        (call) =>
          call.startedAtMs < untilMs &&
          call.startedAtMs > asking.answeredAtMs + (shareEntries(call, asking) ? 0 : REACTION_MS),
      );
      if (early === undefined) return [];
      const afterMs = Math.round(early.startedAtMs - asking.answeredAtMs);
      const detail = `a call ${afterMs} ms after an answer that asked for ${asking.pauseMs} ms, in invocation ${number}`;
      return [{ law: "L10", detail } as const];
    });
  });

const shareEntries = (one: ObservedCall, other: ObservedCall): boolean =>
  one.entries.some(({ marker, channel }) =>
    other.entries.some((entry) => entry.marker === marker && entry.channel === channel),
  );
