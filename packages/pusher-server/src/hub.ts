import { traitsOf } from "./channel-name.ts";
import { type Channels, createChannels } from "./channels.ts";
import type { Connection } from "./connection.ts";
import { createEventCache, type EventCache } from "./event-cache.ts";
import { type ChannelEvent, channelEvent } from "./frames.ts";
import type { Settings } from "./options.ts";
import { createUsers, type Users } from "./users.ts";
import type { Webhooks } from "./webhooks.ts";

/** One event the API accepted, for one channel. */
export interface Publication {
  readonly channel: string;
  readonly event: string;
  readonly data: string;
  readonly socketId?: string;
}

/** What the WebSocket side and the HTTP side share: one app of Pusher. */
export interface Hub {
  readonly settings: Settings;
  readonly channels: Channels<Connection>;
  readonly users: Users<Connection>;
  readonly cache: EventCache;
  readonly webhooks: Webhooks;
  publish(publication: Publication): void;
  /** Called for every accepted publication, in order; returns how to stop. */
  onPublish(listener: (publication: Publication) => void): () => void;
}

export function createHub(settings: Settings, webhooks: Webhooks): Hub {
  const channels = createChannels<Connection>();
  const cache = createEventCache(settings.now);
  const listeners = new Set<(publication: Publication) => void>();
  return {
    settings,
    channels,
    users: createUsers(),
    cache,
    webhooks,
    publish(publication) {
      const { channel, event, data, socketId } = publication;
      if (traitsOf(channel).cache) cache.remember({ channel, event, data });
      broadcast(channels, { channel, event, data }, socketId);
      for (const listener of listeners) listener(publication);
    },
    onPublish(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Sends one event to everybody on its channel, except the connection it came from. */
export function broadcast(channels: Channels<Connection>, event: ChannelEvent, exceptSocketId?: string): void {
  sendToChannel(channels, event.channel, channelEvent(event), exceptSocketId);
}

export function sendToChannel(
  channels: Channels<Connection>,
  channel: string,
  frame: string,
  exceptSocketId?: string,
): void {
  for (const connection of channels.subscribers(channel)) {
    if (connection.socketId !== exceptSocketId) connection.send(frame);
  }
}
