import {
  describe,
  type Observations,
  type ObservedDeadLetter,
  type ObservedInvocation,
  type ObservedMessage,
  type SentEvent,
  type Violation,
} from "./observations.ts";
import { isReplacedIn } from "./replaced.ts";
import type { Sightings } from "./sightings.ts";

/** The ends of a run's events, and the violations of L1. */
export interface Accounts {
  readonly published: number;
  readonly replaced: number;
  readonly expired: number;
  readonly deadLettered: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}

/** L1: each acknowledgement has its cause, each dead letter has its cause, and each event has its end. */
export function accountsOf(observations: Observations, sightings: Sightings): Accounts {
  const ends = { published: 0, replaced: 0, expired: 0 };
  const deadLettered: Record<string, number> = {};
  const violations = [
    ...observations.deadLetters.flatMap((deadLetter) => withoutCause(deadLetter, observations)),
    ...needlessAcknowledgements(observations, sightings),
  ];
  for (const event of observations.sent.values()) {
    const end = endOf(event, observations, sightings);
    if (end === undefined) {
      // A message that is left in the queue is not lost.
      if (observations.drained) violations.push({ law: "L1", detail: `lost: ${describe(event)}` });
    } else if (typeof end === "string") ends[end] += 1;
    else deadLettered[end.code ?? "-"] = (deadLettered[end.code ?? "-"] ?? 0) + 1;
  }
  return { ...ends, deadLettered, violations };
}

function endOf(
  event: SentEvent,
  { sent }: Observations,
  sightings: Sightings,
): keyof Omit<Accounts, "deadLettered" | "violations"> | ObservedDeadLetter | undefined {
  if (event.fate === "expired") return "expired";
  const isPublished = event.channels.every((channel) => sightings.acceptedAt(event.marker, channel).length > 0);
  if (event.fate === "published" && isPublished) return "published";
  const [deadLetter] = sightings.deadLettersOf(event.marker);
  if (deadLetter !== undefined) return deadLetter;
  const invocations = sightings.invocationsOf(event.marker);
  return invocations.some((invocation) => isReplacedIn(invocation, event, sent, sightings)) ? "replaced" : undefined;
}

/** A dead letter of no event, with the wrong code, or of an event that nothing is wrong with. */
function withoutCause({ marker, code }: ObservedDeadLetter, { sent, refuses }: Observations): readonly Violation[] {
  const event = marker === undefined ? undefined : sent.get(marker);
  if (event === undefined) return [{ law: "L1", detail: `dead-lettered: code ${code}, of no event that was sent` }];
  const isRefused = event.channels.some((channel) => refuses(event.marker, channel));
  const expected = event.fate === "published" ? isRefused && "rejected_by_pusher" : event.fate;
  // Only a message without room has no code. L7 looks at that.
  const isExpected = code === expected || (code === undefined && expected !== false && expected !== "expired");
  return isExpected ? [] : [{ law: "L1", detail: `dead-lettered with code ${code}: ${describe(event)}` }];
}

const needlessAcknowledgements = (observations: Observations, sightings: Sightings): readonly Violation[] =>
  observations.invocations.flatMap((invocation, number) =>
    invocation.end !== "answered"
      ? []
      : invocation.messages.flatMap((message): Violation[] => {
          const event = message.marker === undefined ? undefined : observations.sent.get(message.marker);
          if (message.failed || event === undefined) return [];
          if (isSettled(event, message, invocation, observations, sightings)) return [];
          return [{ law: "L1", detail: `acknowledged without cause by invocation ${number}: ${describe(event)}` }];
        }),
  );

function isSettled(
  event: SentEvent,
  { messageId }: ObservedMessage,
  invocation: ObservedInvocation,
  { sent }: Observations,
  sightings: Sightings,
): boolean {
  if (event.fate === "expired") return true;
  // A FIFO queue takes the dead letter of an earlier receive for the same one. Without room there is no id.
  const isDeadLettered = sightings
    .deadLettersOf(event.marker)
    .some((deadLetter) => deadLetter.messageId === undefined || deadLetter.messageId === messageId);
  if (isDeadLettered) return true;
  if (event.fate !== "published") return false;
  const isPublished = event.channels.every((channel) =>
    sightings.acceptedAt(event.marker, channel).some((place) => place < invocation.toEntry),
  );
  return isPublished || isReplacedIn(invocation, event, sent, sightings);
}
