import { entityChannel, globalChannel } from "@realtime-gateway/routing/channel";
import type { EventsOf } from "./events.ts";
import type { ChannelListener, RealtimeHub } from "./hub.ts";
import { createRefetch } from "./refetch.ts";
import type { Stop } from "./stop.ts";
import { NOBODY } from "./subscription.ts";
import type { Form, Id, Kind, PresenceChannel, RealtimeChannel } from "./types.ts";

/** A channel's name, and a function that subscribes to it. Without a name, it does nothing but report why. */
type Named = readonly [name: string | undefined, listen: (listener: ChannelListener) => Stop];

function nameOf(kind: Kind, id: Id, form: Form | "presence", { listen, report }: RealtimeHub): Named {
  const isMissing = id == null;
  const name = kind === "global" ? globalChannel(form) : isMissing ? undefined : entityChannel(kind, String(id), form);
  return [
    name,
    (listener) => {
      const channel = `${kind}-${id}`;
      if (!name && !isMissing) report(channel, { code: "invalid_id", channel, detail: "empty, too long or invalid" });
      return listen(name, listener);
    },
  ];
}

export function createChannel<K extends Kind>(
  kind: K,
  id: Id,
  form: Form,
  hub: RealtimeHub,
): RealtimeChannel<EventsOf[K]> {
  const [name, listen] = nameOf(kind, id, form, hub);
  return {
    name,
    on: (event, handler) =>
      listen({
        event: (data, meta) => {
          if (meta.event === event) handler(data, meta);
        },
      }),
    onAny: (handler) => listen({ event: handler }),
    refetch: (load, options) => listen(createRefetch(load, { jitterMs: hub.jitterMs, ...options }, name, hub)),
  };
}

export function createPresence(kind: Kind, id: Id, hub: RealtimeHub): PresenceChannel {
  const [name, listen] = nameOf(kind, id, "presence", hub);
  const members = () => hub.subscriptions.get(name ?? "")?.members() ?? NOBODY;
  return {
    name,
    get members() {
      return members();
    },
    onMembers: (handler) => listen({ members: () => handler(members()) }),
  };
}
