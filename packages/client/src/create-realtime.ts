import { createAuthorizer } from "./authorize.ts";
import { createChannel, createPresence } from "./channels.ts";
import { PING_OPTIONS, watchConnection } from "./connection.ts";
import type { RealtimeHub, SharedSubscription, Signal } from "./hub.ts";
import { createProblems } from "./problems.ts";
import type { PusherInstance, PusherOptions } from "./pusher.ts";
import { createSignIns } from "./sign-in.ts";
import { createStatus } from "./status.ts";
import type { Stop } from "./stop.ts";
import { createSubscription } from "./subscription.ts";
import type { Id, Kind, RealtimeClient, RealtimeOptions } from "./types.ts";

/** The longest random delay of a read or an authorization after a reconnect. */
const JITTER_MS = 2000;

/** Typed channels of the gateway. It connects at the first subscription, so it may stand at module level, on servers too. */
export const createRealtime = (options: RealtimeOptions): RealtimeClient => createRealtimeWith(options, JITTER_MS);

export function createRealtimeWith(options: RealtimeOptions, jitterMs: number): RealtimeClient {
  const { channels: form = "private", onProblem, auth } = options;
  const isYours = "pusher" in options;
  const subscriptions = new Map<string, SharedSubscription>();
  const signIns = createSignIns();
  const status = createStatus(() => [...subscriptions.values()].every(({ isSettled }) => isSettled()));
  let pusher: PusherInstance | undefined;
  let stopWatching: Stop | undefined;
  /** Why there is no connection: Pusher denied it, or the page closed it. */
  let refusal: Error | undefined;

  const refuse = (next: "denied" | "closed", error: Error): void => {
    status.become(next);
    refusal = error;
    signIns.end(error);
  };

  const tell = (signal: Signal): void => {
    for (const subscription of subscriptions.values()) subscription.tell(signal);
    if (signal === "connected") {
      refusal = undefined;
      status.setConnected(true);
    } else if (signal === "lost") status.setConnected(false);
  };

  const connect = (): PusherInstance => {
    if (isYours) return options.pusher;
    const { cluster } = options;
    const all: PusherOptions = {
      ...PING_OPTIONS,
      cluster,
      ...(auth && createAuthorizer(auth, hub)),
      ...options.options,
    };
    // Versions of `pusher-js` type their options in different ways.
    return new options.Pusher(options.key, all as never);
  };

  const hub: RealtimeHub = {
    ...createProblems(onProblem),
    subscriptions,
    jitterMs,
    update: status.update,
    pusher: () => {
      if (pusher) return pusher;
      pusher = connect();
      status.setConnected(false);
      stopWatching = watchConnection(pusher, hub, tell, (error) => refuse("denied", error));
      return pusher;
    },
    listen: (name, listener) => {
      if (!name || status.current() === "closed") return () => undefined;
      const subscription = subscriptions.get(name) ?? createSubscription(name, hub);
      subscriptions.set(name, subscription);
      return subscription.listen(listener);
    },
    endSignIns: signIns.end,
  };

  const channelOf =
    <K extends Kind>(kind: K) =>
    (id?: Id) =>
      createChannel(kind, id, form, hub);

  return {
    audit: channelOf("audit"),
    fiche: channelOf("fiche"),
    job: channelOf("job"),
    global: channelOf("global"),
    presence: (kind: Kind, id?: Id) => createPresence(kind, id, hub),
    get status() {
      return status.current();
    },
    onStatus: status.onStatus,
    signIn: async () => {
      if (refusal) throw refusal;
      return signIns.start(hub.pusher());
    },
    close: () => {
      refuse("closed", new Error("connection closed"));
      stopWatching?.();
      for (const subscription of subscriptions.values()) subscription.end();
      if (!isYours) pusher?.disconnect();
    },
  };
}
