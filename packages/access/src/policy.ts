import { type Channel, type ChannelForm, parseChannel } from "@realtime-gateway/routing";
import { type EntityChannel, type Grants, isEntityChannel } from "./grants.ts";

/**
 * The users that may subscribe. `known`: every user that the mode authenticates.
 * `entitled`: users with a grant, or else the owner of the channel's entity.
 */
export type Audience = "known" | "entitled";

/** A channel of an entity is never open to every user, so a new kind of channel is protected from the start. */
export const audienceOf = (kind: Channel["kind"]): Audience =>
  kind === "global" || kind === "test" ? "known" : "entitled";

/**
 * The forms of a channel that the gateway authorizes.
 * `published`: only if domain events are published in this form. `always`: a twin, with the rule of its kind.
 * `never`: Pusher needs no authorization for public channels.
 */
export const IN_FORM = {
  private: "published",
  encrypted: "published",
  presence: "always",
  public: "never",
} as const satisfies Record<ChannelForm, "published" | "always" | "never">;

/** A channel of the gateway, in a form that may be authorized. */
export interface RequestedChannel {
  readonly name: string;
  readonly channel: Channel;
  readonly presence: boolean;
}

export type NameCheck =
  | { readonly ok: true; readonly requested: RequestedChannel }
  | { readonly ok: false; readonly detail: string };

/** The rules that hold for every user. `published` is the form that domain events are published in. */
export function checkChannelName(name: string, published: ChannelForm): NameCheck {
  const parsed = parseChannel(name);
  if (parsed === undefined) return { ok: false, detail: "The gateway has no channel of this name" };
  const { channel, form } = parsed;
  const rule = IN_FORM[form];
  if (rule === "never") return { ok: false, detail: "A public channel needs no authorization" };
  if (rule === "published" && form !== published)
    return { ok: false, detail: `The gateway publishes to ${published} channels, not to ${form} ones` };
  return { ok: true, requested: { name, channel, presence: form === "presence" } };
}

/** The answer for a user with a token. `ask_owner`: the platform decides by ownership. */
export type Entitlement =
  | { readonly kind: "allowed" }
  | { readonly kind: "ask_owner"; readonly entity: EntityChannel }
  | { readonly kind: "denied"; readonly code: "not_granted" | "token_without_grants"; readonly detail: string };

/** A grant allows an entity's channel. Without one, its owner is asked for, if the platform can be asked. */
export function entitlementOf(channel: Channel, grants: Grants | undefined, asksOwners: boolean): Entitlement {
  if (audienceOf(channel.kind) === "known") return { kind: "allowed" };
  if (!isEntityChannel(channel))
    return { kind: "denied", code: "not_granted", detail: "The channel belongs to no entity" };
  if (grants?.covers(channel)) return { kind: "allowed" };
  if (asksOwners) return { kind: "ask_owner", entity: channel };
  return grants === undefined
    ? { kind: "denied", code: "token_without_grants", detail: "The token has no claim with grants" }
    : { kind: "denied", code: "not_granted", detail: "No grant of the token covers the channel" };
}
