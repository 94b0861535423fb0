/** The results for one event, with their meanings for docs/local.md. */
export const FATES = {
  published: "on all of its channels, whole",
  truncated: "on all of its channels, shortened, because its payload passes the limit",
  replaced: "a newer event of the same entity was published in its place",
  duplicate: "it was published before, so it was not published again",
  expired: "it was older than `REALTIME_MAX_EVENT_AGE_SECONDS`",
  withheld: "`PUSHER_DRY_RUN=1` publishes nothing (`dry-run` in the console)",
  rejected:
    "it can never succeed: its message is in the dead-letter queue, with a code (`dead-lettered` in the console)",
  failed: "its message remains in the queue, and SQS retries it later",
  acknowledged: "the relay is done, and the stack stopped before its log had the result (`accepted` in the console)",
  missing: "the demo expected it, and it did not arrive",
} as const;

export type EventFate = keyof typeof FATES;

/** A channel of an event. */
export interface ReportedChannel {
  readonly name: string;
  /** The subscriptions at the time of the event. `undefined`: the Pusher app is not on this machine. */
  readonly listeners: number | undefined;
}

/** One line of the output: one event and its result. */
export interface EventReport {
  /** The sender: the demo, a producer of one's own, or a function that publishes without the queue, such as `POST /test`. */
  readonly from: "demo" | "queue" | "http";
  /** `undefined`: the message is no event. */
  readonly event: string | undefined;
  readonly fate: EventFate;
  readonly channels: readonly ReportedChannel[];
  /** The envelope's id. */
  readonly id?: string | undefined;
  /** The id that SQS gave the message. */
  readonly messageId?: string | undefined;
  /** The payload's size as browsers get it. */
  readonly bytes?: number | undefined;
  /** From the send to the publication; in the demo, to the receipt on the last channel. */
  readonly ms?: number | undefined;
  /** The code of a rejected message. */
  readonly code?: string | undefined;
  /** The demo sends a message that is no event. */
  readonly onPurpose?: true;
}
