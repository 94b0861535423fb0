import type { Claims } from "../tokens.ts";

export type IssuerAlgorithm = "RS256" | "ES256" | "EdDSA" | "HS256";

/** A kind of token that a real issuer writes, the settings that accept it, and similar tokens that it denies. */
export interface IssuerFixture {
  readonly issuer: string;
  readonly alg: IssuerAlgorithm;
  /** Without the mode. A test replaces the value of `REALTIME_JWT_SECRET` by its own secret. */
  readonly settings: Readonly<Record<string, string>>;
  /** As the issuer writes them, without `iat` and `exp`. */
  readonly claims: Claims;
  /** The user of the sign-in. */
  readonly user: string;
  /** A channel that the token opens. */
  readonly opens: string;
  /** The way that the grants come into the token. */
  readonly grants: string;
  readonly denied: readonly NearMiss[];
}

/** A token or a setting that is nearly right. */
export interface NearMiss {
  readonly what: string;
  /** Replace the token's own claims. `undefined` leaves a claim out. */
  readonly claims?: Claims;
  /** The key of a stranger signs the token. */
  readonly byStranger?: true;
  /** A text instead of the token. */
  readonly text?: string;
  /** Replace the settings. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The failed check of a token, the code of a denied channel, or the variable whose setting is a fault. */
  readonly because: string;
}
