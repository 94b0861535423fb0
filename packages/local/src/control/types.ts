import type { ExplainedRoute, RelayReceive } from "@realtime-gateway/operations/explain";
import type { AnyFault, Fault } from "@realtime-gateway/pusher-server";

// The values of the control API, as docs/contract/local.yaml describes them.

export const EVENT_FLAGS = [
  "waiting",
  "published",
  "truncated",
  "replaced",
  "duplicate",
  "expired",
  "dry-run",
  "retried",
  "mismatch",
  "failed",
  "dead-lettered",
] as const;

export type EventFlag = (typeof EVENT_FLAGS)[number];

/**
 * `waiting`: the relay has the event, or will have it soon. `failed`: SQS retries it later. `accepted`: the relay is done, and the
 * result is not known.
 */
export type EventStatus = Exclude<EventFlag, "truncated" | "retried" | "mismatch"> | "accepted";

export interface EventChannel {
  readonly name: string;
  /** The subscriptions at the moment of the publication. Missing if the Pusher app is not on this machine. */
  readonly subscribers?: number;
}

/** One event in its newest state. Times are milliseconds since 1970. */
export interface GatewayEvent {
  /** The number of the newest change. */
  readonly seq: number;
  /** Identifies the row. It is the message's id for events of the queue. */
  readonly key: string;
  /** `http`: a function published it without the queue, such as `POST /test`. */
  readonly from: "queue" | "http";
  readonly status: EventStatus;
  readonly flags: readonly EventFlag[];
  /** Missing if the message is no event. */
  readonly event?: string;
  /** The envelope's id. */
  readonly id?: string;
  readonly messageId?: string;
  readonly channels: readonly EventChannel[];
  /** The size of the payload as browsers get it. */
  readonly bytes?: number;
  /** The size before truncation. */
  readonly payloadBytes?: number;
  readonly acceptedAtMs: number;
  readonly publishedAtMs?: number;
  /** From the producer's call to the publication. */
  readonly ms?: number;
  readonly receives: number;
  /** Calls to Pusher, in all receives. */
  readonly attempts: number;
  readonly code?: string;
  readonly detail?: string;
  /** The key of the newer event. */
  readonly replacedBy?: string;
}

export interface EventList {
  readonly seq: number;
  readonly events: readonly GatewayEvent[];
}

/** The whole way of one event. */
export interface EventExplanation {
  readonly event: GatewayEvent;
  readonly envelope?: {
    readonly form: string;
    readonly source?: string;
    readonly time?: string;
    /** The message, byte for byte. */
    readonly body: string;
    readonly attributes?: Readonly<Record<string, string>>;
  };
  readonly payload?: { readonly sent: string; readonly published?: string };
  readonly routes: readonly ExplainedRoute[];
  readonly mismatches: readonly string[];
  readonly receives: readonly RelayReceive[];
  /** The events of the same id, the newer one that replaced this one, and the older ones that it replaced. */
  readonly siblings: readonly GatewayEvent[];
  /** The same as lines of English. */
  readonly text: readonly string[];
}

/** The event to wait for. Every given member must match. */
export interface ArrivalMatch {
  /** The name. `*` matches any characters. */
  readonly event?: string;
  readonly channel?: string;
  /** The event's id or its message's id. */
  readonly id?: string;
  /** Members that the published payload must have. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly truncated?: boolean;
  readonly minSubscribers?: number;
}

/** An event on one channel, as browsers get it. */
export interface Arrival {
  readonly event: string;
  readonly channel: string;
  readonly id?: string;
  readonly messageId?: string;
  readonly data: unknown;
  readonly truncated: boolean;
  readonly subscribers?: number;
  readonly publishedAtMs: number;
}

export interface ChannelState {
  readonly name: string;
  readonly subscribers?: number;
  readonly members?: readonly { readonly id: string }[];
  readonly lastEvent?: { readonly key: string; readonly event: string; readonly atMs: number };
}

export interface QueueState {
  readonly name: string;
  readonly url: string;
  readonly waiting: number;
  readonly inFlight: number;
  /** Missing for an empty queue. */
  readonly oldestAgeMs?: number;
  readonly deadLetters: number;
}

export interface ListedDeadLetter {
  /** The id in the dead-letter queue. */
  readonly messageId: string;
  /** The id in the queue. */
  readonly originalMessageId?: string;
  /** `-` if SQS moved the message itself. */
  readonly code: string;
  readonly detail?: string;
  readonly event?: string;
  readonly failedAtMs: number;
  readonly receiveCount?: number;
  readonly groupId?: string;
  readonly body: string;
  /** The attributes of the original message. */
  readonly attributes: Readonly<Record<string, string>>;
}

export type StackFault =
  | ({ readonly part: "pusher" } & Fault)
  /** The relay is killed in the middle of this many invocations. */
  | { readonly part: "relay"; readonly kill: number }
  /** Each batch reaches the relay with this delay. */
  | { readonly part: "queue"; readonly delayMs: number };

/** A fault to add. One of Pusher may have the short form, and needs no part: `{ status: 503, times: 3 }`. */
export type AnyStackFault = StackFault | ({ readonly part?: "pusher" } & AnyFault);

export interface GatewayFigures {
  readonly events: number;
  /** The mean of the last ten seconds. */
  readonly eventsPerSecond: number;
  readonly byStatus: Readonly<Partial<Record<EventStatus, number>>>;
  /** From the producer's call to the publication. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  /** Requests of the relay to Pusher's API. */
  readonly calls: number;
  readonly retries: number;
  readonly callsPerEvent: number;
  /** Messages as Pusher counts them. */
  readonly billable: { readonly published: number; readonly delivered: number };
  readonly saved: { readonly callsByBatching: number; readonly messagesByReplacing: number };
}

export interface GatewayUrls {
  readonly http: string;
  readonly api: string;
  readonly auth: string;
  readonly userAuth: string;
  readonly test: string;
  readonly webhook: string;
  readonly health: string;
  readonly events: string;
  readonly webSocket: string;
}

/** A missing member matches every dead letter. */
export interface DeadLetterFilter {
  readonly messageIds?: readonly string[];
  readonly code?: string;
  /** The event's name. `*` matches any characters. */
  readonly event?: string;
}

export interface ArrivalOptions {
  /** Default 2,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** An event as browsers would get it. */
export interface PublicationPreview {
  readonly event: string;
  /** The catalog lists the name. */
  readonly listed: boolean;
  readonly nearest?: string;
  readonly channels: readonly string[];
  readonly payloadBytes: number;
  readonly publishedBytes: number;
  readonly limitBytes: number;
  readonly truncated: boolean;
  /** JSON text. */
  readonly published: string;
  readonly mismatches: readonly string[];
}
