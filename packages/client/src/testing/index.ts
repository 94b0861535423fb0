import { createRealtimeWith } from "../create-realtime.ts";
import type { OwnConnection, RealtimeClient } from "../types.ts";
import { DENIAL, FakePusher } from "./fake-pusher.ts";

/** A channel of the realtime, or the name of a Pusher channel. */
export type ChannelOrName = { readonly name: string | undefined } | string;

/** A realtime without a network and without random delays, for the tests of a page. */
export interface TestRealtime extends RealtimeClient {
  /**
   * Sends an event to the channel's subscribers. On a presence channel, `pusher:member_added` and `pusher:member_removed` with
   * `{ id, info }` change its members. While the connection is lost, events are lost too. Throws if the page is not subscribed to the channel.
   */
  emit(channel: ChannelOrName, name: string, data: unknown): void;
  disconnect(): void;
  reconnect(): void;
  /** Denies the channel, now and later. */
  deny(channel: ChannelOrName): void;
}

function nameOf(channel: ChannelOrName): string {
  const name = typeof channel === "string" ? channel : channel.name;
  if (!name) throw new Error("This channel has no name, because its id is missing or invalid.");
  return name;
}

/** Takes the options of `createRealtime`. It ignores those of the connection and of the authorization. */
export function createTestRealtime({ channels, onProblem }: Partial<OwnConnection> = {}): TestRealtime {
  const pusher = new FakePusher();
  const realtime = createRealtimeWith({ pusher, ...(channels && { channels }), ...(onProblem && { onProblem }) }, 0);
  return Object.assign(realtime, {
    emit: (channel: ChannelOrName, name: string, data: unknown) => {
      const channelName = nameOf(channel);
      const found = pusher.channels.get(channelName);
      if (found === undefined)
        throw new Error(
          `Nothing is subscribed to ${channelName}. Subscribed: ${[...pusher.channels.keys()].join(", ") || "nothing"}`,
        );
      pusher.settle(channelName);
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
        found.emit("pusher:subscription_error", DENIAL);
      }
    },
  });
}
