import type { EventsOf } from "./events.ts";
import type { RealtimeProblem } from "./problems.ts";
import type { PusherClass, PusherInstance, PusherOptions } from "./pusher.ts";
import type { ReceivedData } from "./received.ts";
import type { Stop } from "./stop.ts";

/** A kind of channel that carries events. */
export type Kind = keyof EventsOf;

/** The form of channel names that the gateway publishes to. */
export type Form = "private" | "public" | "encrypted";

/**
 * - `idle`: no subscription yet.
 * - `connecting`: until the first `live`.
 * - `offline`: the connection is lost.
 * - `catching_up`: connected again; some channels are not subscribed or not read yet.
 * - `live`: every channel is subscribed and read.
 * - `denied`: Pusher denies the connection for good.
 * - `closed`: after `close()`.
 */
export type Status = "idle" | "connecting" | "offline" | "catching_up" | "live" | "denied" | "closed";

export interface Meta {
  readonly event: string;
  /** The name of the Pusher channel. */
  readonly channel: string;
  /** The envelope's id, if the gateway stamps payloads (`REALTIME_STAMP=1`). */
  readonly id?: string;
  /** The envelope's time, if the gateway stamps payloads. */
  readonly time?: string;
  /** Milliseconds since 1970, on this machine's clock. */
  readonly receivedAt: number;
}

export interface RefetchOptions {
  /** While events follow each other, a read begins after this silence. Default: 100 ms. */
  readonly debounceMs?: number;
  /** A read comes at the latest this long after the first event that it is for. Default: 1,000 ms. */
  readonly maxWaitMs?: number;
  /** The longest random delay of a read after a new subscription. Default: 2,000 ms. */
  readonly jitterMs?: number;
  /** Reads for these events only. Default: for all events of the channel. */
  readonly when?: (event: string) => boolean;
  /** A read begins when this resolves. It is for all events until then. Without a promise, it begins at once. */
  readonly waitFor?: () => Promise<unknown> | undefined;
}

/** One channel. Making it costs nothing: the first `on`, `onAny`, `refetch` or `onMembers` subscribes. */
export interface RealtimeChannel<Events> {
  /** The name of the Pusher channel. `undefined` for a null id, which does nothing. */
  readonly name: string | undefined;
  on<Name extends keyof Events & string>(
    name: Name,
    handler: (data: ReceivedData<Events[Name]>, meta: Meta) => void,
  ): Stop;
  onAny(handler: (data: ReceivedData<Events[keyof Events]>, meta: Meta) => void): Stop;
  /** Calls `load` after the subscription and after events, and never twice at once. */
  refetch(load: () => unknown, options?: RefetchOptions): Stop;
}

export interface Member {
  readonly id: string;
  readonly info: unknown;
  readonly me: boolean;
}

/** Who looks at an audit, a fiche, a job or the app. */
export interface PresenceChannel {
  readonly name: string | undefined;
  /** The same array until a member changes. Empty before the first subscription. */
  readonly members: readonly Member[];
  onMembers(handler: (members: readonly Member[]) => void): Stop;
}

export type Id = string | number | bigint | null | undefined;

export interface Auth {
  /** The base URL: `/auth` and `/user-auth` are below it. */
  readonly url: string;
  /** The user's token. `fresh` is true after a 401: do not answer from a cache. */
  readonly getToken?: (options: { readonly fresh: boolean }) => string | Promise<string>;
}

export interface CommonOptions {
  readonly auth?: Auth;
  /** The form that the gateway publishes in. Default: `private`. */
  readonly channels?: Form;
  /** Without it, each problem is one `console.warn`. */
  readonly onProblem?: (problem: RealtimeProblem) => void;
}

export interface OwnConnection extends CommonOptions {
  readonly Pusher: PusherClass;
  readonly key: string;
  readonly cluster: string;
  /** More options of `pusher-js`, such as `wsHost`. */
  readonly options?: Partial<PusherOptions>;
}

export interface YourConnection extends CommonOptions {
  /** Your instance keeps its own authorization, so `auth` is ignored. */
  readonly pusher: PusherInstance;
}

export type RealtimeOptions = OwnConnection | YourConnection;

export interface RealtimeClient {
  audit(id: Id): RealtimeChannel<EventsOf["audit"]>;
  fiche(id: Id): RealtimeChannel<EventsOf["fiche"]>;
  job(id: Id): RealtimeChannel<EventsOf["job"]>;
  global(): RealtimeChannel<EventsOf["global"]>;
  presence(kind: "audit" | "fiche" | "job", id: Id): PresenceChannel;
  presence(kind: "global"): PresenceChannel;
  readonly status: Status;
  onStatus(handler: (status: Status) => void): Stop;
  /** Resolves when the connection is signed in. Rejects with the problem. */
  signIn(): Promise<void>;
  close(): void;
}
