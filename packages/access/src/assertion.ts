import type { ProxyModeSettings } from "@realtime-gateway/settings";
import type { ClaimSet } from "./claims.ts";
import { hmacKey } from "./keys.ts";
import { checkFailed, type FailedReading } from "./token-failure.ts";
import { verifyJwt } from "./verify-jwt.ts";

export const MAX_ASSERTION_SECONDS = 60;
/** The trusted server's clock may be ahead by so much. If it is behind, the lifetime is tolerance enough, so `exp` has none. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** A trusted server's statement about a user, for one connection. */
export interface VerifiedAssertion {
  readonly userId: string;
  readonly socketId: string;
  /** The names of channels. `undefined`: the assertion is for a sign-in. */
  readonly channels: ReadonlySet<string> | undefined;
  /** The other claims. */
  readonly claims: ClaimSet;
}

export type AssertionReading = { readonly ok: true; readonly assertion: VerifiedAssertion } | FailedReading;

/** Verifies the assertions of a trusted server. */
export function createAssertionReader({ secret }: Pick<ProxyModeSettings, "secret">, now: () => number) {
  const key = hmacKey(secret);
  return async (text: string): Promise<AssertionReading> => {
    const nowMs = now();
    const verified = await verifyJwt(text, key, {
      algorithms: ["HS256"],
      requiredClaims: ["exp", "iat", "socket_id"],
      currentDate: new Date(nowMs),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    if (!verified.ok) return verified;
    const untimely = failureOfTimes(verified.claims, nowMs / 1000);
    if (untimely) return untimely;
    const { sub: userId, socket_id: socketId, channel, iat: _iat, exp: _exp, ...claims } = verified.claims;
    if (typeof userId !== "string" || userId === "") return checkFailed("no_user", "The token names no user in sub");
    if (typeof socketId !== "string") return checkFailed("claim", "The assertion's socket_id is not a string");
    const channels = channel === undefined ? undefined : namesIn(channel);
    return { ok: true, assertion: { userId, socketId, channels, claims } };
  };
}

function failureOfTimes({ iat, exp }: ClaimSet, nowSeconds: number): FailedReading | undefined {
  if (typeof exp !== "number" || exp <= nowSeconds) return checkFailed("expired", "The token has expired");
  if (typeof iat !== "number" || iat > nowSeconds + CLOCK_TOLERANCE_SECONDS)
    return checkFailed("not_yet_valid", "The assertion's iat is in the future");
  if (exp - iat > MAX_ASSERTION_SECONDS)
    return checkFailed("expired", `The assertion must live ${MAX_ASSERTION_SECONDS} seconds at most`);
  return undefined;
}

/** The claim is a name or a list of names. Values of other types name no channel. */
function namesIn(claim: unknown): ReadonlySet<string> {
  const names: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return new Set(names.filter((name) => typeof name === "string"));
}
