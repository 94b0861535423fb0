import type { JwtModeSettings } from "@realtime-gateway/settings";
import { type ClaimSet, claimIn, objectOrJson } from "./claims.ts";
import type { JwksDeps } from "./jwks.ts";
import { createKeySource } from "./keys.ts";
import { checkFailed, type FailedReading } from "./token-failure.ts";
import { verifyJwt } from "./verify-jwt.ts";

/** The issuer's clock may differ from this one by so much. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** A verified token of a user. */
export interface UserToken {
  readonly userId: string;
  readonly claims: ClaimSet;
  /** `undefined`: the token has no claim with grants, or it is `null`. */
  readonly grantsClaim: GrantsClaim | undefined;
}

/** Both members are as the issuer wrote them. */
export interface GrantsClaim {
  readonly channels: unknown;
  readonly userInfo: unknown;
}

export type UserTokenReading = { readonly ok: true; readonly token: UserToken } | FailedReading;
export type ReadUserToken = (token: string) => Promise<UserTokenReading>;

type TokenRules = Pick<
  JwtModeSettings,
  "keys" | "algorithms" | "issuer" | "audience" | "clientIds" | "userClaim" | "grantsClaim"
>;

export interface TokenReaderDeps extends JwksDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Verifies users' tokens and reads the user and the grants. */
export function createUserTokenReader(rules: TokenRules, deps: TokenReaderDeps): ReadUserToken {
  const key = createKeySource(rules.keys, deps);
  const checks = {
    algorithms: [...rules.algorithms],
    issuer: [...rules.issuer],
    requiredClaims: ["exp"],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  };
  return async (text) => {
    const verified = await verifyJwt(text, key, { ...checks, currentDate: new Date(deps.now()) });
    if (!verified.ok) return verified;
    const { claims } = verified;
    const objection = audienceObjection(claims, rules);
    if (objection !== undefined) return checkFailed("audience", objection);
    const userId = claimIn(claims, rules.userClaim);
    if (typeof userId !== "string" || userId === "")
      return checkFailed("no_user", `The token names no user in ${rules.userClaim}`);
    return { ok: true, token: { userId, claims, grantsClaim: grantsClaimIn(claims, rules.grantsClaim) } };
  };
}

/** `aud` decides if it is there, even if it is malformed. Only a token without it may be accepted for its client. */
function audienceObjection(claims: ClaimSet, { audience, clientIds }: TokenRules): string | undefined {
  if (Object.hasOwn(claims, "aud")) {
    const named: readonly unknown[] = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
    return audience.some((name) => named.includes(name)) ? undefined : "The token's aud is not accepted";
  }
  if (clientIds.length === 0) return "The token has no aud";
  const clients = ["client_id", "azp"].filter((name) => Object.hasOwn(claims, name)).map((name) => claims[name]);
  // If a token has both, both must be accepted: otherwise it depends on the reader which client it is for.
  const accepted = clients.length > 0 && clients.every((client) => clientIds.some((id) => id === client));
  return accepted ? undefined : "The token has no aud, and its client_id or azp is missing or not accepted";
}

function grantsClaimIn(claims: ClaimSet, name: string): GrantsClaim | undefined {
  const claim = claimIn(claims, name) ?? undefined;
  if (claim === undefined) return undefined;
  const { channels, user_info: userInfo } = objectOrJson(claim) ?? {};
  return { channels, userInfo };
}
