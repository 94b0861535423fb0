import { objectOf, type RequestedChannel } from "@realtime-gateway/access";
import type { ReportStaleKeys } from "@realtime-gateway/access/tokens";
import { complaintAboutUserId, type PresenceMember, type SignInUser } from "@realtime-gateway/pusher";
import { utf8Bytes } from "@realtime-gateway/routing";
import { type AccessVerdict, Denial } from "./denial.ts";

/** Returns a header of the request by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined;

export interface AuthModeDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The issuer's key endpoint does not answer, and known keys are used. */
  readonly reportStaleKeys: ReportStaleKeys;
}

/** Finds out who sends a request. Each mode has its own way. */
export type Authenticate = (header: HeaderReader) => Promise<Identity | Denial>;

/** The sender of a request, and the rules of the mode for this sender. */
export interface Identity {
  /** An assertion is for one connection only. */
  checkConnection(socketId: string): AccessVerdict;
  checkChannel(channel: RequestedChannel): AccessVerdict | Promise<AccessVerdict>;
  /** The user that the other members of a presence channel see. */
  memberOn(socketId: string): User;
  /** The user for `pusher.signin()`. */
  signInUser(): User | Denial;
}

/** A user as the mode verified them. Nothing in it comes from the request's body. */
export interface User {
  readonly id: string;
  /** Visible to the other members of a presence channel. */
  readonly info?: Readonly<Record<string, unknown>>;
}

/** The user of verified claims. `info`, which the issuer wrote for other members, wins over the public claims. */
export function userOf(
  id: string,
  claims: Readonly<Record<string, unknown>>,
  info: unknown,
  publicClaims: readonly string[],
): User {
  const chosen = publicClaims
    .filter((name) => Object.hasOwn(claims, name))
    .map((name) => [name, claims[name]] as const);
  const given = objectOf(info);
  if (given === undefined && chosen.length === 0) return { id };
  return { id, info: { ...Object.fromEntries(chosen), ...given } };
}

/** Pusher's limit for presence channels and for users that sign in (documentation: presence channels, user authentication). */
const MAX_USER_INFO_BYTES = 1024;

export function presenceMemberOf(user: User): PresenceMember | Denial {
  const shown = withinLimits(user);
  if (shown instanceof Denial) return shown;
  // Without it, pages of the other members see `null` as the member's info.
  return { user_id: shown.id, user_info: shown.user_info ?? {} };
}

export const signInUserOf = (user: User | Denial): SignInUser | Denial =>
  user instanceof Denial ? user : withinLimits(user);

function withinLimits({ id, info }: User): SignInUser | Denial {
  const complaint = complaintAboutUserId(id);
  if (complaint !== undefined)
    return new Denial(
      403,
      id.isWellFormed() ? "user_id_too_long" : "user_id_invalid",
      `To Pusher a user's id ${complaint}`,
    );
  if (info === undefined) return { id };
  if (jsonBytes(info) > MAX_USER_INFO_BYTES)
    return new Denial(403, "user_info_too_large", `Pusher accepts ${MAX_USER_INFO_BYTES} bytes of user info at most`);
  return { id, user_info: info };
}

/** `JSON.stringify` throws if objects are nested too deep: no limit allows those. */
function jsonBytes(info: NonNullable<User["info"]>): number {
  try {
    return utf8Bytes(JSON.stringify(info));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
