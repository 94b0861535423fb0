/** What the checker sees of a run: plain data, of what was sent and what was observed. It knows nothing of the code under test. */

/** Contract, section 6, and the error vocabulary of the architecture. */
export type PoisonCode = "invalid_json" | "unknown_envelope" | "unknown_event" | "invalid_event";

/** An event, sent once, or more often with the same body. Each carries a number of its own, which survives truncation. */
export interface SentEvent {
  readonly marker: number;
  readonly name: string;
  /** What has to become of it. */
  readonly fate: "published" | "expired" | PoisonCode;
  /** Every channel that its route names; none where it must not be published. */
  readonly channels: readonly string[];
  /** When it happened, in milliseconds since 1970, where its envelope says so. */
  readonly timeMs: number | undefined;
  /** On a FIFO queue. */
  readonly group: string | undefined;
  /** Places of its first and its last copy in the order of sending. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** An event that Pusher accepted for a channel. Its place in the list is the order of acceptance. */
export interface Publication {
  /** `undefined`: it carries none. */
  readonly marker: number | undefined;
  readonly name: string;
  readonly channel: string;
}

export interface HandledRecord {
  readonly marker: number | undefined;
  /** It stays in the queue. */
  readonly failed: boolean;
}

export interface Invocation {
  /** In the order of the batch. */
  readonly records: readonly HandledRecord[];
  /** What was accepted while it ran: publications from `fromPublication` up to `toPublication`, others' among them. */
  readonly fromPublication: number;
  readonly toPublication: number;
  /** Killed: by us. Failed: it ended in an error, though nobody had killed it. */
  readonly end: "answered" | "killed" | "overran" | "failed";
}

/** What lay in the dead-letter queue. */
export interface Letter {
  readonly marker: number | undefined;
  readonly code: string | undefined;
}

export interface Observations {
  readonly sent: ReadonlyMap<number, SentEvent>;
  readonly publications: readonly Publication[];
  readonly invocations: readonly Invocation[];
  readonly letters: readonly Letter[];
  /** Whether this run's Pusher refused events that nothing was wrong with. */
  readonly refusals: boolean;
  /** Whether the queue was empty and everything settled within the time limit. */
  readonly drained: boolean;
}

export const LAWS = {
  L1: "published on every channel, dead-lettered with its code, replaced by a newer one, or expired",
  L2: "a group's first deliveries come in the order of sending",
  L3: "within an invocation, a channel's events come in the order of the records",
  L4: "nothing on a channel that its route does not name",
  L5: "every invocation answers within its time",
  drain: "the queue is empty within the time limit",
} as const;
export type Law = keyof typeof LAWS;

export interface Violation {
  readonly law: Law;
  readonly detail: string;
}
