import type { PusherJs } from "@realtime-gateway/local";
import { createMailbox } from "./mailbox.ts";

/** The result of a subscription. A presence channel also has its members and the id of this one. */
export type SubscriptionOutcome =
  | { readonly joined: true; readonly members?: Readonly<Record<string, unknown>>; readonly me?: string }
  | { readonly joined: false; readonly status?: number };

export interface Heard {
  readonly event: string;
  readonly data: unknown;
}

/** The channels of a client, with the results of their subscriptions and their events. */
export function createChannels(pusher: PusherJs) {
  const known = new Map<string, ReturnType<typeof watch>>();
  function watch(name: string) {
    const heard = createMailbox<Heard>();
    const outcomes = createMailbox<SubscriptionOutcome>();
    const channel = pusher.subscribe(name);
    channel.bind_global((event: string, data: unknown) => {
      if (!event.startsWith("pusher_internal:") && !event.startsWith("pusher:subscription_"))
        heard.put({ event, data });
    });
    channel.bind("pusher:subscription_succeeded", (presence?: { members?: Record<string, unknown>; myID?: string }) => {
      const { members, myID: me } = presence ?? {};
      outcomes.put(members && me ? { joined: true, members: { ...members }, me } : { joined: true });
    });
    channel.bind("pusher:subscription_error", ({ status }: { status?: number }) =>
      outcomes.put(status === undefined ? { joined: false } : { joined: false, status }),
    );
    return { heard, outcomes };
  }
  const of = (name: string) => {
    const channel = known.get(name);
    if (channel === undefined) throw new Error(`${name} was never subscribed to`);
    return channel;
  };
  return {
    of,
    subscribe(name: string): Promise<SubscriptionOutcome> {
      if (known.has(name)) pusher.subscribe(name);
      else known.set(name, watch(name));
      return of(name).outcomes.take();
    },
  };
}
