import type { Problems, RealtimeProblem } from "./problems.ts";
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
}

/** One Pusher channel, shared by its listeners. */
export interface SharedSubscription {
  readonly listen: (listener: ChannelListener) => Stop;
  readonly tell: (signal: Signal) => void;
  readonly members: () => readonly Member[];
  /** True if it is denied, or subscribed with every read done. */
  readonly isSettled: () => boolean;
  /** True if somebody listens, or did a moment ago. */
  readonly isWanted: () => boolean;
  /** Ends the subscription until somebody listens anew. `answer` gives `pusher-js` the denial. */
  readonly deny: (answer?: Stop) => void;
  readonly end: Stop;
}

/** The state and the options that all channels of one realtime share. */
export interface RealtimeHub extends Problems {
  readonly subscriptions: Map<string, SharedSubscription>;
  readonly jitterMs: number;
  /** True if `pusher-js` does not authorize with our `auth`, so the client retries. */
  readonly authorizesAlone: boolean;
  /** The instance. It is made by the first subscription. */
  readonly pusher: () => PusherInstance;
  readonly listen: (name: string, listener: ChannelListener) => Stop;
  /** A subscription or a read changed. */
  readonly update: Stop;
  readonly isWanted: (name: string) => boolean;
  /** `answer` gives `pusher-js` the denial. The name of the sign-in is empty. */
  readonly denied: (name: string, problem: RealtimeProblem, answer: Stop) => void;
}
