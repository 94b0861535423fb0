import {
  describe,
  type Observations,
  type ObservedInvocation,
  receiveKey,
  type SentEvent,
  type Violation,
} from "./observations.ts";

/** A slower invocation may have run out of time, as on a starved machine. */
const UNHURRIED_MS = 1_000;

/**
 * L11: in an invocation without a fault, no message fails. A rejected event is dead-lettered, and the other events of its call are
 * published. An event whose newer one Pusher rejected is retried. On a FIFO queue nothing that shares a channel may overtake it.
 */
export const causelessFailures = (observations: Observations): Violation[] =>
  observations.invocations.flatMap((invocation, number) => {
    const failures = failuresOf(invocation, observations);
    const uncaused = failures.filter((event) => !isReplacedByRejected(event, invocation, observations));
    const isHeld = uncaused.length < failures.length && failures.some(({ group }) => group !== undefined);
    if (isHeld || !isFaultless(invocation, observations)) return [];
    return uncaused.map(
      (event): Violation => ({
        law: "L11",
        detail: `left in the queue without cause by invocation ${number}: ${describe(event)}`,
      }),
    );
  });

/** The events of the failed messages, and of each group only the first one. */
function failuresOf({ messages }: ObservedInvocation, { sent }: Observations): readonly SentEvent[] {
  const groups = new Set<string>();
  return messages.flatMap(({ marker, failed }) => {
    const event = marker === undefined ? undefined : sent.get(marker);
    if (!failed || event === undefined || (event.group !== undefined && groups.has(event.group))) return [];
    if (event.group !== undefined) groups.add(event.group);
    return [event];
  });
}

/** Calls of other invocations at the same time count as well: a fault of one of them excuses too much rather than too little. */
const isFaultless = (
  { end, ms, messages, fromCall, toCall }: ObservedInvocation,
  { calls, deadLetterFaults }: Observations,
): boolean =>
  end === "answered" &&
  ms < UNHURRIED_MS &&
  calls.slice(fromCall, toCall).every((call) => call.end !== "failed") &&
  !messages.some(({ messageId, receiveCount }) => deadLetterFaults.has(receiveKey(messageId, receiveCount)));

function isReplacedByRejected(
  { marker, entity }: SentEvent,
  { messages }: ObservedInvocation,
  { sent, refuses }: Observations,
): boolean {
  // A copy of the event has the end of the first message.
  const first = messages.findIndex((message) => message.marker === marker);
  return messages.slice(first + 1).some((message) => {
    const later = message.marker === undefined ? undefined : sent.get(message.marker);
    if (later === undefined || entity === undefined || later.entity !== entity) return false;
    return later.channels.some((channel) => refuses(later.marker, channel));
  });
}
