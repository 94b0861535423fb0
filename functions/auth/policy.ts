import { type ChannelForm, parseChannel } from "@realtime-gateway/routing";

export type Decision =
  | { readonly allow: true; readonly presence: boolean }
  | { readonly allow: false; readonly code: "channel_not_allowed"; readonly detail: string };

/**
 * May anybody subscribe to this channel? In open mode the naming rules decide, and nothing else: the channels that events are
 * published to, in the form they are published in, and their presence twins.
 */
export function decideOpen(channelName: string, published: ChannelForm): Decision {
  const parsed = parseChannel(channelName);
  if (parsed === undefined) return deny("The channel name is none of the gateway's");
  const { form } = parsed;
  if (form === "presence") return { allow: true, presence: true };
  if (form === "public") return deny("A public channel needs no authorization");
  if (form !== published) return deny(`The gateway publishes to ${published} channels, not to ${form} ones`);
  return { allow: true, presence: false };
}

const deny = (detail: string): Decision => ({ allow: false, code: "channel_not_allowed", detail });
