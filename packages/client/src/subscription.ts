import { createDelivery } from "./deliver.ts";
import { FORBIDDEN } from "./forbidden.ts";
import type { ChannelListener, RealtimeHub, SharedSubscription, Signal } from "./hub.ts";
import { REPORTED, SIGNATURE } from "./problems.ts";
import type { PusherChannel } from "./pusher.ts";
import { backoffMs, createTimer, safely } from "./time.ts";
import type { Member } from "./types.ts";

/** React's StrictMode and navigations unmount and mount again within this time. */
const LINGER_MS = 1000;
export const NOBODY: readonly Member[] = [];

/** The data of `pusher:subscription_error`. */
interface Refusal {
  readonly status?: number;
  readonly error?: unknown;
}

export function createSubscription(name: string, hub: RealtimeHub): SharedSubscription {
  const { report, solved, update } = hub;
  const pusher = hub.pusher();
  /** Other code of the page may have subscribed before: its subscription must outlive ours. */
  const isShared = pusher.channel(name) !== undefined;
  const listeners = new Set<ChannelListener>();
  const deliver = createDelivery(name, (data, meta) => each((listener) => listener.event?.(data, meta)));
  const linger = createTimer();
  const retry = createTimer();
  let channel: PusherChannel | undefined;
  let isSubscribed = false;
  let isDenied = false;
  let members = NOBODY;
  let failures = 0;

  const each = (visit: (listener: ChannelListener) => void): void => {
    for (const listener of [...listeners]) if (listeners.has(listener)) safely(() => visit(listener));
  };

  const tell = (signal: Signal): void => {
    if (signal === "lost") isSubscribed = false;
    each((listener) => listener[signal]?.());
    if (!isWanted()) release();
  };

  const isWanted = (): boolean => listeners.size > 0 || linger.isSet();

  const subscribe = (): void => {
    isDenied = false;
    try {
      const found = pusher.subscribe(name);
      if (found !== channel) found.bind_global(onPusherEvent);
      channel = found;
    } catch {
      report(name, { code: "encryption_unsupported", channel: name, detail: "use pusher-js/with-encryption" });
      deny();
    }
    if (channel?.subscribed) subscribed();
  };

  const subscribed = (): void => {
    isSubscribed = true;
    failures = 0;
    solved(name);
    solved(SIGNATURE);
    updateMembers();
    tell("subscribed");
    update();
  };

  const updateMembers = (): void => {
    const found: Member[] = [];
    const known = channel?.members;
    known?.each(({ id, info }) => {
      found.push({ id, info, me: id === String(known.myID) });
    });
    if (JSON.stringify(found) === JSON.stringify(members)) return;
    members = found;
    tell("members");
  };

  const onPusherEvent = (event: string, data: Refusal | undefined): void => {
    if (event === "pusher:subscription_succeeded") subscribed();
    else if (event === "pusher:subscription_error") refused(data);
    else if (event.startsWith("pusher:")) updateMembers();
    else if (!event.startsWith("client-")) deliver(event, data);
  };

  const refused = ({ status, error }: Refusal = {}): void => {
    if (!isWanted()) end();
    else if (error === REPORTED) deny();
    else {
      const retryable = status !== FORBIDDEN;
      const code = retryable ? "auth_unreachable" : "denied";
      report(name, { code, channel: name, detail: `status ${status}: ${error}`, retryable });
      if (retryable) retry.set(backoffMs(failures++), subscribe);
      else deny();
    }
  };

  const deny = (): void => {
    isDenied = true;
    tell("lost");
    leave();
    updateMembers();
    update();
  };

  /** `pusher-js` subscribes again at each reconnect to what is in its table. */
  const leave = (): void => {
    if (!isShared) pusher.unsubscribe(name);
  };

  /**
   * Ends the subscription, but not while it is pending: `pusher-js` would keep it in its table, and subscribe again after a
   * reconnect. The answer, or the end of the connection, releases it.
   */
  const release = (): void => {
    if (isSubscribed || isDenied || pusher.connection.state !== "connected") end();
  };

  const end = (): void => {
    linger.clear();
    retry.clear();
    each(({ stop }) => stop?.());
    listeners.clear();
    channel?.unbind_global(onPusherEvent);
    hub.subscriptions.delete(name);
    leave();
  };

  return {
    listen: (listener) => {
      linger.clear();
      listeners.add(listener);
      if (channel === undefined || isDenied) subscribe();
      else if (isSubscribed) safely(() => listener.subscribed?.());
      update();
      return () => {
        if (!listeners.delete(listener)) return;
        listener.stop?.();
        update();
        if (listeners.size === 0) linger.set(LINGER_MS, release);
      };
    },
    tell,
    members: () => members,
    isSettled: () => isDenied || [...listeners].every(({ isCaughtUp }) => isSubscribed && (isCaughtUp?.() ?? true)),
    end,
  };
}
