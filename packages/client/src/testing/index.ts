import { createRealtimeWith } from "../create-realtime.ts";
import type { OwnConnection, RealtimeClient } from "../types.ts";
import { FakePusher } from "./fake-pusher.ts";

/** A channel of the realtime, or the name of a Pusher channel. */
export type ChannelOrName = { readonly name: string | undefined } | string;

/** A realtime without a network and without random delays, for the tests of a page. */
export interface TestRealtime extends RealtimeClient {
  /** Sends an event to the channel's subscribers. Throws if the page never subscribed to the channel. */
  emit(channel: ChannelOrName, name: string, data: unknown): void;
  disconnect(): void;
  reconnect(): void;
  /** Denies the channel, now and later. */
  deny(channel: ChannelOrName): void;
}

/** Takes the options of `createRealtime`. It ignores those of the connection and of the authorization. */
export function createTestRealtime({ channels, onProblem }: Partial<OwnConnection> = {}): TestRealtime {
  const pusher = new FakePusher();
  const realtime = createRealtimeWith({ pusher, ...(channels && { channels }), ...(onProblem && { onProblem }) }, 0);
  const nameOf = (channel: ChannelOrName): string => (typeof channel === "string" ? channel : (channel.name ?? ""));
  return Object.assign(realtime, {
    emit: (channel: ChannelOrName, name: string, data: unknown) => {
      const found = pusher.channels.get(nameOf(channel));
      if (found === undefined)
        throw new Error(
          `Nothing is subscribed to ${nameOf(channel)}. Subscribed: ${[...pusher.channels.keys()].join(", ") || "nothing"}`,
        );
      if (found.subscribed) found.emit(name, data);
    },
    disconnect: () => pusher.disconnect(),
    reconnect: () => pusher.connect(),
    deny: (channel: ChannelOrName) => {
      const name = nameOf(channel);
      pusher.denied.add(name);
      const found = pusher.channels.get(name);
      if (found?.subscribed) {
        found.subscribed = false;
        found.emit("pusher:subscription_error", { type: "AuthError", status: 403 });
      }
    },
  });
}
