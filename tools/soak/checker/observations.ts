/** The checker's view of a run: plain data about what was sent and what was observed. It holds nothing of the code under test. */

/** Contract, section 6: the codes of messages that can never be published. */
export type PoisonCode = "invalid_json" | "unknown_envelope" | "unknown_event" | "invalid_event";

/** An event, sent in one message or in several with the same body. Its marker is unique and survives truncation. */
export interface SentEvent {
  readonly marker: number;
  readonly name: string;
  /** The required end of the event. */
  readonly fate: "published" | "expired" | PoisonCode;
  /** Every channel that its route names; none if it must not be published. */
  readonly channels: readonly string[];
  /** Latest-wins events with equal entities replace each other. `undefined`: it replaces nothing. */
  readonly entity: string | undefined;
  /** The time in its envelope, in milliseconds since 1970. */
  readonly timeMs: number | undefined;
  /** The envelope has a source and an id. */
  readonly identified: boolean;
  /** The message group on a FIFO queue. */
  readonly group: string | undefined;
  /** Places of its first and its last message in the order of sending. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The number of its messages. */
  readonly messages: number;
}

/** An event for one channel in a call to Pusher. */
export interface ObservedEntry {
  /** `undefined` if the payload has none. */
  readonly marker: number | undefined;
  readonly name: string;
  readonly channel: string;
  /** The difference between this payload and the one that was sent; `undefined` if it is as the contract requires. */
  readonly fault: string | undefined;
}

/** One call to Pusher, with the answer that the relay got. */
export interface ObservedCall {
  readonly entries: readonly ObservedEntry[];
  readonly startedAtMs: number;
  readonly answeredAtMs: number;
  /** `clean`: accepted. `refused`: rejected for an event of it. In both, the relay got the answer. `failed`: anything else. */
  readonly end: "clean" | "refused" | "failed";
  /** The pause that the answer asked for. */
  readonly pauseMs: number;
}

/** An entry that Pusher accepted. Its place in the list is the order of acceptance. */
export interface AcceptedEntry extends ObservedEntry {
  /** The number of its call. */
  readonly call: number;
}

/** A message in the batch of an invocation. */
export interface ObservedMessage {
  readonly messageId: string;
  readonly receiveCount: number;
  readonly marker: number | undefined;
  /** The answer names it as one to retry later, or the invocation failed. */
  readonly failed: boolean;
}

export interface ObservedInvocation {
  /** In the order of the batch. */
  readonly messages: readonly ObservedMessage[];
  /** Entries that Pusher accepted while it ran, also from other invocations: places from `fromEntry` up to `toEntry`. */
  readonly fromEntry: number;
  readonly toEntry: number;
  /** Calls that Pusher got while it ran, also from other invocations. */
  readonly fromCall: number;
  readonly toCall: number;
  /** The time from the start to the answer, in milliseconds. */
  readonly ms: number;
  /**
   * `killed`: the run killed it. `failed`: it ended in an error without a kill. Its time ran out: `starved` on a machine with
   * much more work than it can do, else `overran`.
   */
  readonly end: "answered" | "killed" | "starved" | "overran" | "failed";
}

/** A message in the dead-letter queue, with its reason. */
export interface ObservedDeadLetter {
  readonly marker: number | undefined;
  readonly code: string | undefined;
  /** The message and the receive that the reason names. */
  readonly messageId: string | undefined;
  readonly receiveCount: number | undefined;
  /** Differences between this message and the one that was sent, and missing parts of the reason. */
  readonly faults: readonly string[];
}

export interface Observations {
  readonly sent: ReadonlyMap<number, SentEvent>;
  readonly accepted: readonly AcceptedEntry[];
  readonly calls: readonly ObservedCall[];
  readonly invocations: readonly ObservedInvocation[];
  readonly deadLetters: readonly ObservedDeadLetter[];
  /** Receives (`receiveKey`) whose dead letter met a fault of the queue. */
  readonly deadLetterFaults: ReadonlySet<string>;
  /** True if this run's Pusher never accepts the event on that channel. */
  refuses(marker: number, channel: string): boolean;
  /** True if the plan has no faults at all. */
  readonly faultless: boolean;
  /** True if the queue was empty within the time limit. */
  readonly drained: boolean;
}

/** One receive of one message. */
export const receiveKey = (messageId: string | undefined, receiveCount: number | undefined): string =>
  `${messageId}/${receiveCount}`;

export const LAWS = {
  L1: "each message is acknowledged with cause: published, dead-lettered, replaced by its own entity, expired",
  L2: "a group's events are first published in the order of sending, and a failed one blocks the later ones",
  L3: "within an invocation, a channel's events come in the order of the messages",
  L4: "nothing on a channel that its route does not name",
  L5: "every invocation answers within its time",
  L6: "a payload is published as it was sent, or truncated as the contract allows",
  L7: "a dead letter is the whole message with its reason",
  L8: "a message is settled once: not published or dead-lettered and left in the queue",
  L9: "Pusher gets no needless calls",
  L10: "no call comes within the pause that Pusher asks for",
  L11: "a message is left in the queue with cause: a fault, or an earlier failed one of its group",
  drain: "the queue is empty within the time limit",
} as const;
export type SoakLaw = keyof typeof LAWS;

export const LAW_NAMES = [
  "L1",
  "L2",
  "L3",
  "L4",
  "L5",
  "L6",
  "L7",
  "L8",
  "L9",
  "L10",
  "L11",
  "drain",
] as const satisfies readonly SoakLaw[];

export interface Violation {
  readonly law: SoakLaw;
  readonly detail: string;
}

export const describe = ({ marker, name, fate, channels, firstAt }: SentEvent): string =>
  `event ${marker} (${name}, ${fate}, for ${channels.join(" and ") || "no channel"}, sent as number ${firstAt})`;
