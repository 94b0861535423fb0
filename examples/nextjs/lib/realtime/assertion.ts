import { SignJWT } from "jose";

/** The app's user, as the others on a presence channel shall see them. */
export interface Caller {
  readonly id: string;
  /** At most 1 KB of JSON. */
  readonly info?: Readonly<Record<string, unknown>>;
}

export interface Assertion {
  readonly user: Caller;
  readonly socketId: string;
  /** Not set: the user signs in. */
  readonly channel?: string | readonly string[];
}

/** The longest that the gateway takes: clocks may differ by as much. Bound to one connection, it is of no use to others. */
const LIFETIME_SECONDS = 60;

/** Vouches to the gateway for a user, on one connection, for these channels. */
export function signAssertion({ user, socketId, channel }: Assertion, secret: string): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT({ socket_id: socketId, channel, user_info: user.info })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(user.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(new TextEncoder().encode(secret));
}
