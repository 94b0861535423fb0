import type { Problems } from "./problems.ts";
import type { PusherInstance } from "./pusher.ts";
import type { Stop } from "./stop.ts";
import type { Member, Meta } from "./types.ts";

/** A change of the connection or the channel, for its listeners. */
export type Signal = "connected" | "lost" | "visible" | "awake" | "subscribed" | "members";

/** One user of a subscription: a handler, a refetch or a list of members. It hears the signals that it has a method for. */
export interface ChannelListener extends Partial<Record<Signal, () => void>> {
  /** The catalog's types describe the data. The client does not validate it. */
  readonly event?: (data: never, meta: Meta) => void;
  readonly isCaughtUp?: () => boolean;
  /** Called once, after its last signal. */
  readonly stop?: Stop;
}

/** One Pusher channel, shared by its listeners. */
export interface SharedSubscription {
  readonly listen: (listener: ChannelListener) => Stop;
  readonly tell: (signal: Signal) => void;
  readonly members: () => readonly Member[];
  /** True if it is denied, or subscribed with every read done. */
  readonly isSettled: () => boolean;
  readonly end: Stop;
}

/** The state and the options that all channels of one realtime share. */
export interface RealtimeHub extends Problems {
  readonly subscriptions: Map<string, SharedSubscription>;
  readonly jitterMs: number;
  /** The instance. It is made by the first subscription. */
  readonly pusher: () => PusherInstance;
  /** Subscribes to the channel of this name. Does nothing without a name, or after `close`. */
  readonly listen: (name: string | undefined, listener: ChannelListener) => Stop;
  /** A subscription or a read changed. */
  readonly update: Stop;
  /** Without an error, Pusher accepted the pending sign-ins. */
  readonly endSignIns: (error?: Error) => void;
}
