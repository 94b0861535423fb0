import { SignJWT } from "jose";

/** The app's user, as other members of a presence channel see them. */
export interface Caller {
  readonly id: string;
  /** At most 1 KB of JSON. */
  readonly info?: Readonly<Record<string, unknown>>;
}

export interface Assertion {
  readonly user: Caller;
  readonly socketId: string;
  /** Absent: the assertion is for `pusher.signin()`. */
  readonly channel?: string | readonly string[];
}

/** The gateway's maximum, which tolerates clocks that differ. The assertion works for one connection only. */
const LIFETIME_SECONDS = 60;

/** Asserts a user to the gateway, for one connection and these channels. */
export function signAssertion({ user, socketId, channel }: Assertion, secret: string): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT({ socket_id: socketId, channel, user_info: user.info })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(user.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(new TextEncoder().encode(secret));
}
