import { createDelivery } from "./deliver.ts";
import { FORBIDDEN } from "./forbidden.ts";
import type { ChannelListener, RealtimeHub, SharedSubscription, Signal } from "./hub.ts";
import type { PusherChannel } from "./pusher.ts";
import type { Stop } from "./stop.ts";
import { backoffMs, createTimer, safely } from "./time.ts";
import type { Member } from "./types.ts";

/** React's StrictMode and navigations unmount and mount again within this time. */
const LINGER_MS = 1000;
export const NOBODY: readonly Member[] = [];

export function createSubscription(name: string, hub: RealtimeHub): SharedSubscription {
  const { report, update, authorizesAlone } = hub;
  const pusher = hub.pusher();
  /** Other code of the page may have subscribed before: its subscription must outlive ours. */
  const isShared = pusher.channel(name) !== undefined;
  const listeners = new Set<ChannelListener>();
  const deliver = createDelivery(name);
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
    retry.clear();
    try {
      const found = pusher.subscribe(name);
      if (found !== channel) found.bind_global(onPusherEvent);
      channel = found;
    } catch {
      report({ code: "encryption_unsupported", channel: name, detail: "this pusher-js cannot decrypt" });
      deny();
    }
    if (channel?.subscribed) subscribed();
  };

  const subscribed = (): void => {
    isSubscribed = true;
    failures = 0;
    updateMembers();
    tell("subscribed");
    update();
  };

  const updateMembers = (): void => {
    const found: Member[] = [];
    const known = channel?.members;
    known?.each(({ id, info }) => {
      found.push({ id, info, me: id === known.myID });
    });
    if (JSON.stringify(found) === JSON.stringify(members)) return;
    members = found;
    tell("members");
  };

  const onPusherEvent = (event: string, data: { readonly status?: number } | undefined): void => {
    if (event === "pusher:subscription_succeeded") subscribed();
    else if (event === "pusher:subscription_error") refused(data?.status);
    else if (event.startsWith("pusher:member_")) updateMembers();
    else if (!/^(pusher:|client-)/.test(event)) {
      const delivery = deliver(event, data);
      if (delivery) each((listener) => listener.event?.(delivery.data as never, delivery.meta));
    }
  };

  /** Pusher, or an authorization that is not ours, denied the channel. */
  const refused = (status = 0): void => {
    if (isDenied) return;
    if (!isWanted()) {
      end();
      return;
    }
    const retryable = authorizesAlone && status !== FORBIDDEN;
    const code = authorizesAlone ? "denied" : "wrong_key";
    report({ code, channel: name, detail: `the subscription failed with status ${status}`, retryable });
    if (retryable) retry.set(backoffMs(failures++), subscribe);
    else deny();
  };

  const deny = (answer?: Stop): void => {
    isDenied = true;
    isSubscribed = false;
    answer?.();
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
    each((listener) => listener.lost?.());
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
        update();
        if (listeners.size === 0) linger.set(LINGER_MS, release);
      };
    },
    tell,
    members: () => members,
    isSettled: () =>
      isDenied ||
      listeners.size === 0 ||
      (isSubscribed && [...listeners].every(({ isCaughtUp }) => isCaughtUp?.() ?? true)),
    isWanted,
    deny,
    end,
  };
}
