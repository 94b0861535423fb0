import { accepted, ENTITY_KINDS, type EntityKind, type Result, rejected } from "@realtime-gateway/events";
import { decodeId, encodeId } from "./id-encoding.ts";

/** Pusher documents 164 characters with the prefix; its libraries allow 200. */
export const MAX_CHANNEL_NAME_LENGTH = 164;

/** The subject of a channel. */
export type Channel =
  | { readonly kind: EntityKind; readonly id: string }
  | { readonly kind: "global" }
  | { readonly kind: "test" };

/** The protection of a channel. Pusher derives it from the name's prefix. */
export type ChannelForm = keyof typeof PREFIXES;

const PREFIXES = {
  encrypted: "private-encrypted-",
  private: "private-",
  presence: "presence-",
  public: "",
} as const;

/** Longest prefix first, because one prefix starts with another. */
const FORMS: readonly ChannelForm[] = ["encrypted", "private", "presence", "public"];

/** True if Pusher's clients decrypt the events of this channel. */
export const isEncrypted = (channelName: string): boolean => channelName.startsWith(PREFIXES.encrypted);

const GLOBAL = "global";
const TEST = "realtime-test";

/**
 * Builds the name of a channel, at most 164 characters. Returns `invalid_event` if the id is empty, has no UTF-8 form or
 * makes the name too long. The test channel has no presence form.
 */
export function buildChannel(channel: Channel, form: ChannelForm): Result<string> {
  if (channel.kind === "global") return accepted(globalChannel(form));
  if (channel.kind === "test")
    return form === "presence"
      ? rejected("invalid_event", "the test channel has no presence twin")
      : accepted(PREFIXES[form] + TEST);
  const { kind, id } = channel;
  const name = entityChannel(kind, id, form);
  if (name !== undefined) return accepted(name);
  if (id === "") return rejected("invalid_event", `the ${kind} id is empty`);
  if (!id.isWellFormed()) return rejected("invalid_event", `the ${kind} id holds a lone surrogate`);
  return rejected("invalid_event", `the ${kind} channel's name passes ${MAX_CHANNEL_NAME_LENGTH} characters`);
}

/** The part of `buildChannel` that browsers load: the name of an entity's channel. `undefined` if the id allows none. */
export function entityChannel(kind: EntityKind, id: string, form: ChannelForm): string | undefined {
  if (id === "" || !id.isWellFormed()) return undefined;
  const name = `${PREFIXES[form]}${kind}-${encodeId(id)}`;
  return name.length <= MAX_CHANNEL_NAME_LENGTH ? name : undefined;
}

/** The part of `buildChannel` that browsers load: the name of the channel for everybody. */
export const globalChannel = (form: ChannelForm): string => PREFIXES[form] + GLOBAL;

/** The inverse of `buildChannel`. Returns `undefined` for every name that `buildChannel` does not build. */
export function parseChannel(name: string): { readonly channel: Channel; readonly form: ChannelForm } | undefined {
  if (name.length > MAX_CHANNEL_NAME_LENGTH) return undefined;
  const form = FORMS.find((candidate) => name.startsWith(PREFIXES[candidate]));
  if (form === undefined) return undefined;
  const channel = parseSubject(name.slice(PREFIXES[form].length));
  if (channel === undefined || (channel.kind === "test" && form === "presence")) return undefined;
  return { channel, form };
}

function parseSubject(subject: string): Channel | undefined {
  if (subject === GLOBAL) return { kind: "global" };
  if (subject === TEST) return { kind: "test" };
  const kind = ENTITY_KINDS.find((candidate) => subject.startsWith(`${candidate}-`));
  if (kind === undefined) return undefined;
  const id = decodeId(subject.slice(kind.length + 1));
  return id === undefined || id === "" ? undefined : { kind, id };
}
