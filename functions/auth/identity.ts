import type { Context } from "hono";
import type { HttpEnv } from "../http/app.ts";
import type { Grants } from "./grants.ts";

/** Who asks to subscribe, as far as the mode lets it be known. */
export type Identity = Anonymous | GrantedUser | VouchedUser;

/** `open`: nobody in particular. */
export interface Anonymous {
  readonly mode: "open";
}

/** `jwt`: a verified token's user, and what the token grants. */
export interface GrantedUser {
  readonly mode: "jwt";
  readonly user: User;
  readonly grants: Grants;
}

/** `proxy`: a user whom the trusted server vouches for, on one connection. */
export interface VouchedUser {
  readonly mode: "proxy";
  readonly user: User;
  readonly socketId: string;
  /** Names of channels; `undefined` in an assertion for a sign-in. */
  readonly channels: ReadonlySet<string> | undefined;
}

export interface User {
  readonly id: string;
  /** What other members of a presence channel see of the user. */
  readonly info?: Readonly<Record<string, unknown>>;
}

/** Who makes a request. Problems: 401 `missing_credentials`, 401 `invalid_token`, 503 `jwks_unavailable`. */
export type Authenticate = (context: Context<HttpEnv>) => Promise<Identity>;
