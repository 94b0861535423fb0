import { complaintAboutUserId, type PresenceMember, type SignInUser } from "@realtime-gateway/pusher";
import { utf8Bytes } from "@realtime-gateway/routing";
import { Problem } from "../http/app.ts";
import type { Identity, User } from "./identity.ts";

/** Pusher's limit on members of presence channels and on users that sign in (presence channels, user authentication). */
const MAX_USER_INFO_BYTES = 1024;

/** Who somebody is to the others on a presence channel: never what the request says, only what was verified. */
export function memberOf(identity: Identity, socketId: string): PresenceMember {
  if (identity.mode === "open") return { user_id: `anonymous-${socketId}` };
  const { id, ...info } = shown(identity.user);
  return { user_id: id, ...info };
}

/** Who signs in. Problem: 403 `users_unknown` where the mode knows nobody. */
export function signInUserOf(identity: Identity): SignInUser {
  if (identity.mode === "open")
    throw new Problem(403, "users_unknown", "Sign-in needs known users; REALTIME_AUTH_MODE=open knows none");
  return shown(identity.user);
}

/** A user within Pusher's limits. Problems: 403 `user_id_too_long`, `user_id_invalid`, `user_info_too_large`. */
function shown({ id, info }: User): SignInUser {
  const complaint = complaintAboutUserId(id);
  if (complaint !== undefined)
    throw new Problem(
      403,
      id.isWellFormed() ? "user_id_too_long" : "user_id_invalid",
      `To Pusher a user's id ${complaint}`,
    );
  if (info === undefined) return { id };
  if (jsonBytes(info) > MAX_USER_INFO_BYTES)
    throw new Problem(403, "user_info_too_large", `Pusher takes ${MAX_USER_INFO_BYTES} bytes of user info at most`);
  return { id, user_info: info };
}

/** What is nested too deep to be written is endless, for a limit's purposes. */
function jsonBytes(info: NonNullable<User["info"]>): number {
  try {
    return utf8Bytes(JSON.stringify(info));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
