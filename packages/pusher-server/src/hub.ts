import { traitsOf } from "./channels/channel-name.ts";
import { type Channels, createChannels } from "./channels/channels.ts";
import { type CountThrottle, createCountThrottle } from "./channels/count-throttle.ts";
import { createEventCache, type EventCache } from "./channels/event-cache.ts";
import { createUsers, type Users } from "./channels/users.ts";
import type { EventLog } from "./events/event-log.ts";
import type { AppSettings } from "./options.ts";
import type { Connection } from "./socket/connection.ts";
import { type ChannelEvent, channelEvent, subscriptionCount } from "./socket/frames.ts";
import type { Webhooks } from "./webhooks/webhooks.ts";

/** One event for one channel, accepted by the API. */
export interface PublishedEvent {
  readonly channel: string;
  readonly event: string;
  readonly data: string;
  readonly socketId?: string;
}

/** The state of one Pusher app, shared by the WebSocket side and the HTTP side. */
export interface Hub {
  readonly settings: AppSettings;
  readonly connections: Set<Connection>;
  readonly channels: Channels<Connection>;
  readonly users: Users<Connection>;
  readonly cache: EventCache;
  readonly counts: CountThrottle;
  readonly webhooks: Webhooks;
  publish(event: PublishedEvent): void;
  /** Sends a subscriber's event to the other subscribers of its channel. */
  relay(event: ChannelEvent, sender: Connection): void;
  /** Calls the listener for every accepted event, in order, with the app's id. Returns a function that stops it. */
  onPublish(listener: (event: PublishedEvent, app: string) => void): () => void;
  /** Calls the listeners of `onSubscribe`. */
  subscribed(channel: string): void;
  /** Calls the listener for every subscription that the server accepts. Returns a function that stops it. */
  onSubscribe(listener: (channel: string) => void): () => void;
}

export function createHub(settings: AppSettings, webhooks: Webhooks, events: EventLog): Hub {
  const app = settings.appId;
  const channels = createChannels<Connection>();
  const cache = createEventCache(settings.now);
  const listeners = new Set<(event: PublishedEvent, app: string) => void>();
  const subscriptionListeners = new Set<(channel: string) => void>();
  return {
    settings,
    connections: new Set(),
    channels,
    users: createUsers(),
    cache,
    counts: createCountThrottle((channel, count) => {
      sendToChannel(channels, channel, subscriptionCount(channel, count));
      webhooks.happened({ name: "subscription_count", channel, subscription_count: count });
    }),
    webhooks,
    publish(published) {
      const { channel, event, data, socketId } = published;
      if (traitsOf(channel).cache) cache.remember({ channel, event, data });
      sendToChannel(channels, channel, channelEvent({ channel, event, data }), socketId);
      events.add({ app, channel, event, text: data, source: "api", ...(socketId !== undefined && { socketId }) });
      for (const listener of listeners) listener(published, app);
    },
    relay(relayed, { socketId }) {
      const { channel, event, data = "" } = relayed;
      sendToChannel(channels, channel, channelEvent(relayed), socketId);
      events.add({ app, channel, event, text: data, source: "client", socketId });
    },
    onPublish(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribed(channel) {
      for (const listener of subscriptionListeners) listener(channel);
    },
    onSubscribe(listener) {
      subscriptionListeners.add(listener);
      return () => subscriptionListeners.delete(listener);
    },
  };
}

/** Sends a frame to every subscriber of a channel, except the connection that sent it. */
export function sendToChannel(
  channels: Channels<Connection>,
  channel: string,
  frame: string,
  exceptSocketId?: string,
): void {
  // The text becomes bytes once, and not once for each subscriber.
  const bytes = Buffer.from(frame);
  for (const connection of channels.subscribers(channel)) {
    if (connection.socketId !== exceptSocketId) connection.send(bytes);
  }
}
