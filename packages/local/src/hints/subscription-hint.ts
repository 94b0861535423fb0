import { ENTITY_KINDS } from "@realtime-gateway/events";
import { buildChannel, type ChannelForm, parseChannel } from "@realtime-gateway/routing";
import { type Hint, hint } from "./hint.ts";

/** Returns a hint for a channel on which the gateway publishes nothing. `published` is the form that events are published in. */
export function subscriptionHint(name: string, published: ChannelForm): Hint | undefined {
  // Pusher's own channels, for messages to one signed-in user.
  if (name.startsWith("#")) return undefined;
  const parsed = parseChannel(name);
  if (parsed === undefined)
    return hint(
      "channel_hears_nothing",
      `No event is published on ${name}. Events go to ${patterns(published)}.`,
      name,
    );
  const { channel, form } = parsed;
  if (form === published) return undefined;
  const twin = buildChannel(channel, published);
  const target = twin.ok ? twin.value : patterns(published);
  return form === "presence"
    ? hint(
        "presence_hears_no_events",
        `${name} shows who is there, and no event is published on it. Events go to ${target}.`,
        name,
      )
    : hint(
        "channel_hears_nothing",
        `No event is published on ${name}. Events go to ${target}: subscribe to that one.`,
        name,
      );
}

/** `private-audit-{id}, private-fiche-{id}, private-job-{id} and private-global` */
function patterns(form: ChannelForm): string {
  const global = buildChannel({ kind: "global" }, form);
  const globalName = global.ok ? global.value : "";
  const prefix = globalName.slice(0, globalName.lastIndexOf("global"));
  return `${ENTITY_KINDS.map((kind) => `${prefix}${kind}-{id}`).join(", ")} and ${globalName}`;
}
