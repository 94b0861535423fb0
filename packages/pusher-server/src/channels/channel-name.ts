import { CHANNEL_NAME_MAX_CHARACTERS } from "../limits.ts";

const GRAMMAR = /^[A-Za-z0-9_\-=@,.;]+$/;
const USER_CHANNEL_PREFIX = "#server-to-user-";

export interface ChannelTraits {
  /** A subscription requires a signature. */
  readonly authorized: boolean;
  readonly presence: boolean;
  readonly encrypted: boolean;
  readonly cache: boolean;
}

export function isValidChannelName(name: string): boolean {
  return name.length <= CHANNEL_NAME_MAX_CHARACTERS && GRAMMAR.test(name);
}

export function traitsOf(name: string): ChannelTraits {
  const presence = name.startsWith("presence-");
  return {
    authorized: presence || name.startsWith("private-"),
    presence,
    encrypted: name.startsWith("private-encrypted-"),
    cache: /^(?:(?:private-encrypted|private|presence)-)?cache-/.test(name),
  };
}

/** The user whose channel `#server-to-user-…` is; undefined for every other name. */
export function userOfChannel(name: string): string | undefined {
  return name.startsWith(USER_CHANNEL_PREFIX) && name.length > USER_CHANNEL_PREFIX.length
    ? name.slice(USER_CHANNEL_PREFIX.length)
    : undefined;
}

export function isPublishableChannelName(name: string): boolean {
  return isValidChannelName(name) || userOfChannel(name) !== undefined;
}
