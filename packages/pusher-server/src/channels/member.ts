import { jsonBytes, parseJsonObject } from "../json.ts";
import { PRESENCE_USER_INFO_MAX_BYTES, USER_ID_MAX_CHARACTERS } from "../limits.ts";

export interface ChannelMember {
  readonly userId: string;
  readonly userInfo?: unknown;
}

export type ParsedMember = { readonly member: ChannelMember } | { readonly denial: string };

/** A server may sign a number (10 in the documented example). Pusher reports every id as a string. */
function userIdOf(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function parseMember(id: unknown, userInfo: unknown): ParsedMember {
  const userId = userIdOf(id);
  if (userId === undefined) return { denial: "channel_data must contain a user_id that is a string or a number" };
  if (userId.length > USER_ID_MAX_CHARACTERS) {
    return { denial: `user_id is longer than ${USER_ID_MAX_CHARACTERS} characters` };
  }
  if (userInfo === undefined) return { member: { userId } };
  if (jsonBytes(userInfo) > PRESENCE_USER_INFO_MAX_BYTES) {
    return { denial: `The user object exceeds the allowed maximum (${PRESENCE_USER_INFO_MAX_BYTES} bytes)` };
  }
  return { member: { userId, userInfo } };
}

/** Parses the signed `channel_data` string of a presence subscription. */
export function parseChannelData(channelData: string): ParsedMember {
  const data = parseJsonObject(channelData);
  return data === undefined
    ? { denial: "channel_data is not a JSON object" }
    : parseMember(data.user_id, data.user_info);
}

export interface SignedInUser {
  readonly id: string;
  readonly userInfo?: unknown;
  readonly watchlist: readonly string[];
}

/** Parses the signed `user_data` string of a sign-in. The id must be a string, because pusher-js requires one. */
export function parseUserData(userData: string): SignedInUser | undefined {
  const data = parseJsonObject(userData);
  if (data === undefined) return undefined;
  const id = data.id;
  if (typeof id !== "string" || id === "" || id.length > USER_ID_MAX_CHARACTERS) return undefined;
  const watchlist = Array.isArray(data.watchlist) ? data.watchlist : [];
  return {
    id,
    userInfo: data.user_info,
    watchlist: [...new Set(watchlist.filter((entry): entry is string => typeof entry === "string" && entry !== ""))],
  };
}
