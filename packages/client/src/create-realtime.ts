import { createAuthorizer } from "./authorize.ts";
import { createChannel, createPresence } from "./channels.ts";
import { PING_OPTIONS, watchConnection } from "./connection.ts";
import type { RealtimeHub, SharedSubscription, Signal } from "./hub.ts";
import { createProblems, errorOf } from "./problems.ts";
import type { PusherInstance } from "./pusher.ts";
import { createSignIn, type SignInProcess } from "./sign-in.ts";
import { createStatus } from "./status.ts";
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
  const status = createStatus(() => [...subscriptions.values()].every((subscription) => subscription.isSettled()));
  const isClosed = (): boolean => status.current() === "closed";
  let pusher: PusherInstance | undefined;
  let signIn: SignInProcess | undefined;
  /** Why Pusher denied the connection, or the page closed it. */
  let refusal: Error | undefined;
  let stopWatching: (() => void) | undefined;

  const tell = (signal: Signal): void => {
    for (const subscription of subscriptions.values()) subscription.tell(signal);
    if (signal === "lost" || signal === "connected") status.tell(signal);
  };

  const connect = (): PusherInstance => {
    if (isYours) return options.pusher;
    const { Pusher, key, cluster, options: more } = options;
    return new Pusher(key, { ...PING_OPTIONS, cluster, ...(auth && createAuthorizer(auth, hub)), ...more });
  };

  const hub: RealtimeHub = {
    ...createProblems(onProblem),
    subscriptions,
    jitterMs,
    authorizesAlone: isYours || !auth,
    update: status.update,
    isWanted: (name) => !isClosed() && (!name || subscriptions.get(name)?.isWanted() === true),
    pusher: () => {
      if (pusher) return pusher;
      pusher = connect();
      status.tell("connecting");
      stopWatching = watchConnection(pusher, hub, {
        tell,
        denied: (problem) => {
          status.tell("denied");
          refusal = errorOf(problem);
          signIn?.reject(refusal);
        },
      });
      return pusher;
    },
    listen: (name, listener) => {
      if (isClosed()) return () => undefined;
      const subscription = subscriptions.get(name) ?? createSubscription(name, hub);
      subscriptions.set(name, subscription);
      return subscription.listen(listener);
    },
    denied: (name, problem, answer) => {
      if (name) subscriptions.get(name)?.deny(answer);
      else {
        signIn?.reject(errorOf(problem));
        answer();
      }
    },
  };

  return {
    audit: (id) => createChannel("audit", id, form, hub),
    fiche: (id) => createChannel("fiche", id, form, hub),
    job: (id) => createChannel("job", id, form, hub),
    global: () => createChannel("global", undefined, form, hub),
    presence: (kind: Kind, id?: Id) => createPresence(kind, id, hub),
    get status() {
      return status.current();
    },
    onStatus: status.onStatus,
    signIn: async () => {
      if (refusal && ["denied", "closed"].includes(status.current())) throw refusal;
      signIn ??= createSignIn(hub.pusher(), hub);
      return signIn.start();
    },
    close: () => {
      status.tell("closed");
      stopWatching?.();
      refusal = new Error("the connection is closed");
      signIn?.reject(refusal);
      signIn?.stop();
      for (const subscription of subscriptions.values()) subscription.end();
      if (!isYours) pusher?.disconnect();
    },
  };
}
