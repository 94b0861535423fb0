import { type Channel, type ChannelForm, parseChannel } from "@realtime-gateway/routing";
import { type EntityChannel, isEntityChannel } from "./grants.ts";
import type { Identity } from "./identity.ts";

/**
 * Who may subscribe, by what a channel is about.
 * `known`: every user that the mode knows; `entitled`: users with a grant, or else the entity's owner.
 */
export const WHO = {
  audit: "entitled",
  fiche: "entitled",
  job: "entitled",
  global: "known",
  test: "known",
} as const satisfies Record<Channel["kind"], "known" | "entitled">;

/**
 * In which form. `published`: when it is the form that domain events are published in; a twin follows the rule of its kind.
 * Public channels need no authorization, and so get none.
 */
export const IN_FORM = {
  private: "published",
  encrypted: "published",
  presence: "always",
  public: "never",
} as const satisfies Record<ChannelForm, "published" | "always" | "never">;

export type DenialCode = "channel_not_allowed" | "not_granted" | "not_owner" | "assertion_mismatch";

export type Decision =
  | { readonly verdict: "allow"; readonly presence: boolean }
  | { readonly verdict: "deny"; readonly code: DenialCode; readonly detail: string }
  /** Only the platform knows whether this entity is the user's. */
  | { readonly verdict: "ask"; readonly presence: boolean; readonly userId: string; readonly entity: EntityChannel };

export interface PolicyContext {
  /** The form that domain events are published in. */
  readonly published: ChannelForm;
}

/** May this identity subscribe to this channel? What no rule allows is denied. */
export function decide(identity: Identity, channelName: string, { published }: PolicyContext): Decision {
  const parsed = parseChannel(channelName);
  if (parsed === undefined) return deny("channel_not_allowed", "The channel name is none of the gateway's");
  const { channel, form } = parsed;
  const rule = IN_FORM[form];
  if (rule === "never") return deny("channel_not_allowed", "A public channel needs no authorization");
  if (rule === "published" && form !== published)
    return deny("channel_not_allowed", `The gateway publishes to ${published} channels, not to ${form} ones`);
  const presence = form === "presence";
  switch (identity.mode) {
    case "open":
      return { verdict: "allow", presence };
    case "proxy":
      return identity.channels?.has(channelName)
        ? { verdict: "allow", presence }
        : deny("assertion_mismatch", "The assertion is for other channels");
    case "jwt":
      if (WHO[channel.kind] === "known") return { verdict: "allow", presence };
      if (!isEntityChannel(channel)) return deny("not_granted", "The channel is nobody's");
      if (identity.grants.covers(channel)) return { verdict: "allow", presence };
      return { verdict: "ask", presence, userId: identity.user.id, entity: channel };
  }
}

const deny = (code: DenialCode, detail: string): Decision => ({ verdict: "deny", code, detail });
