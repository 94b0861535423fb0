/** One call to Pusher that carried the event. */
export interface RelayAttempt {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly ms: number;
  /** The status of Pusher's answer. Missing without an answer. */
  readonly status?: number;
  /** The code of the failure. */
  readonly code?: string;
}

/** The work of the relay on a message, after one receive from SQS. */
export interface RelayReceive {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly queuedMs?: number;
  readonly endedAtMs?: number;
  /** Missing while the relay works on the message. */
  readonly outcome?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly attempts: readonly RelayAttempt[];
}

/** A channel of an event, and the reason for it. */
export interface ExplainedRoute {
  readonly channel: string;
  /** The payload's field with the id. Missing for a channel without an id. */
  readonly field?: string;
  readonly why: string;
}
