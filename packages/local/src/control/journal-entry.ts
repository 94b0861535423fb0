import type { MessageStory } from "@realtime-gateway/operations/explain";
import type { MessageReading } from "./message-reading.ts";

/** One publication of an event on a channel. */
export interface ChannelPublication {
  readonly channel: string;
  /** Missing if the Pusher app is not on this machine. */
  readonly subscribers?: number;
  readonly atMs: number;
}

/** One event, with all that is known about it so far. */
export interface JournalEntry {
  /** The message's id, or a number for an event without a message. */
  readonly key: string;
  readonly from: "queue" | "http";
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly acceptedAtMs: number;
  readonly reading: MessageReading;
  readonly publications: ChannelPublication[];
  /** The number of the newest change. */
  seq: number;
  /** The contents of the relay's log about it. */
  story: MessageStory;
  /** How often SQS gave the message to the relay. */
  receives: number;
  /** True while the relay has the message. */
  isInRelay: boolean;
  /** The invocation with the newest receive ended without an answer, for this reason. */
  invocationError: string | undefined;
}

/** The newest receive of the entry in the relay's log. Missing while the relay works on it. */
export const tracedReceive = ({ story, receives }: JournalEntry) =>
  story.receives.find(({ number }) => number === receives);
