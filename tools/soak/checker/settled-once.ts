import {
  describe,
  type Observations,
  type ObservedInvocation,
  type ObservedMessage,
  receiveKey,
  type SentEvent,
  type Violation,
} from "./observations.ts";
import type { Sightings } from "./sightings.ts";

/** L8: a message that is published or dead-lettered is not left in the queue as well, unless a fault gave cause. */
export function settledOnce(observations: Observations, sightings: Sightings): Violation[] {
  const { sent, deadLetterFaults } = observations;
  return observations.invocations.flatMap((invocation, number) => {
    if (invocation.end !== "answered") return [];
    const clean = cleanEntries(invocation, observations);
    const failedGroups = new Set<string>();
    return invocation.messages.flatMap((message): Violation[] => {
      const event = message.marker === undefined ? undefined : sent.get(message.marker);
      if (event === undefined) return [];
      const violation = (what: string): Violation => ({
        law: "L8",
        detail: `${what} by invocation ${number}: ${describe(event)}`,
      });
      const isExcused = deadLetterFaults.has(receiveKey(message.messageId, message.receiveCount));
      const deadLetters = sightings.deadLettersAt(message.messageId, message.receiveCount);
      const found: Violation[] = [];
      if (deadLetters.length > 1 && !isExcused) found.push(violation("dead-lettered more than once"));
      if (message.failed && deadLetters.length > 0 && !isExcused)
        found.push(violation("dead-lettered and left in the queue"));
      const isBlocked = event.group !== undefined && failedGroups.has(event.group);
      if (message.failed && !isBlocked && isPublished(event, invocation, clean, sightings))
        found.push(violation("published and left in the queue"));
      if (message.failed && event.group !== undefined) failedGroups.add(event.group);
      return found;
    });
  });
}

/** Marker and channel of every entry that a call of this time published, with an answer that the relay got. */
function cleanEntries({ fromCall, toCall }: ObservedInvocation, { calls }: Observations): ReadonlySet<string> {
  const clean = new Set<string>();
  for (const { end, entries } of calls.slice(fromCall, toCall))
    if (end === "clean") for (const { marker, channel } of entries) clean.add(`${marker} ${channel}`);
  return clean;
}

const isPublished = (
  event: SentEvent,
  invocation: ObservedInvocation,
  clean: ReadonlySet<string>,
  sightings: Sightings,
): boolean =>
  event.fate === "published" &&
  sightings.isOwn(invocation, event.marker) &&
  event.channels.every((channel) => clean.has(`${event.marker} ${channel}`));

/** L7: every difference between a dead letter and its message. */
export const damagedDeadLetters = ({ deadLetters, sent, invocations }: Observations): Violation[] => {
  const receives = new Map<string, ObservedMessage>();
  for (const { messages } of invocations)
    for (const message of messages) receives.set(receiveKey(message.messageId, message.receiveCount), message);
  return deadLetters.flatMap(({ marker, code, messageId, receiveCount, faults }) => {
    const event = marker === undefined ? undefined : sent.get(marker);
    const what = event === undefined ? "of no event that was sent" : describe(event);
    const isReceived = code === undefined || receives.get(receiveKey(messageId, receiveCount))?.marker === marker;
    const all = isReceived ? faults : [...faults, `message ${messageId} was not received ${receiveCount} times`];
    return all.map((fault): Violation => ({ law: "L7", detail: `${fault}: ${what}` }));
  });
};
