import { entityChannel, globalChannel } from "@realtime-gateway/routing/channel";
import type { EventsOf } from "./events.ts";
import type { ChannelListener, RealtimeHub } from "./hub.ts";
import { createRefetch } from "./refetch.ts";
import type { Stop } from "./stop.ts";
import { NOBODY } from "./subscription.ts";
import type { Form, Id, Kind, PresenceChannel, RealtimeChannel } from "./types.ts";

/** A channel's name, and a function that subscribes to it. Without a name, it does nothing but report why. */
type Named = readonly [name: string | undefined, listen: (listener: ChannelListener) => Stop];

const doNothing: Stop = () => undefined;
const MAX_SHOWN_LENGTH = 40;

function nameOf(kind: Kind, id: Id, form: Form | "presence", { listen, report }: RealtimeHub): Named {
  const named = (name: string): Named => [name, (listener) => listen(name, listener)];
  if (kind === "global") return named(globalChannel(form));
  if (id === null || id === undefined) return [undefined, () => doNothing];
  const built = entityChannel(kind, String(id), form);
  if (built.ok) return named(built.value);
  return [
    undefined,
    () => {
      report({ code: "invalid_id", channel: `${kind}-${id}`.slice(0, MAX_SHOWN_LENGTH), detail: built.detail });
      return doNothing;
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
    refetch: (load, options) => {
      const refetch = createRefetch(load, { jitterMs: hub.jitterMs, ...options }, name, hub);
      const stopListening = listen(refetch);
      return () => {
        refetch.stop();
        stopListening();
      };
    },
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
