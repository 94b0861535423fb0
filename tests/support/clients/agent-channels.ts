import type { PusherJs } from "@realtime-gateway/local";
import { createMailbox } from "./mailbox.ts";

/** What became of a subscription: of a presence channel, with who is there and who one is. */
export type Outcome =
  | { readonly joined: true; readonly members?: Readonly<Record<string, unknown>>; readonly me?: string }
  | { readonly joined: false; readonly status?: number };

export interface Heard {
  readonly event: string;
  readonly data: unknown;
}

/** The channels of a client, with what becomes of them and what is heard there. */
export function createChannels(pusher: PusherJs) {
  const known = new Map<string, ReturnType<typeof watch>>();
  function watch(name: string) {
    const heard = createMailbox<Heard>();
    const outcomes = createMailbox<Outcome>();
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
    subscribe(name: string): Promise<Outcome> {
      if (known.has(name)) pusher.subscribe(name);
      else known.set(name, watch(name));
      return of(name).outcomes.take();
    },
  };
}
