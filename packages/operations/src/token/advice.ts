import type { TokenFailure } from "@realtime-gateway/access";
import { HTTP_PROBLEMS, TOKEN_CHECKS } from "@realtime-gateway/codes";
import type { AccessSettings } from "@realtime-gateway/settings";

/** The next step after a failed check, and the variables that it concerns. */
export interface TokenAdvice {
  readonly settings: readonly string[];
  readonly advice: string;
}

type ModeSettings = AccessSettings["auth"];

/** The variables that give the keys. */
function keyVariables(auth: ModeSettings): readonly string[] {
  if (auth.mode === "open") return [];
  if (auth.mode === "proxy") return ["REALTIME_PROXY_SECRET"];
  const { keys } = auth;
  if (keys.source === "secret") return ["REALTIME_JWT_SECRET"];
  const source = keys.source === "jwks" ? "REALTIME_JWT_JWKS_URL" : "REALTIME_JWT_PUBLIC_KEY";
  return keys.secret === undefined ? [source] : [source, "REALTIME_JWT_SECRET"];
}

type Check = TokenFailure["check"];

/** The variables that belong to a check in mode `jwt`. The keys' own come with the settings. */
const JWT_VARIABLES: Readonly<Partial<Record<Check, readonly string[]>>> = {
  algorithm: ["REALTIME_JWT_ALGORITHMS"],
  issuer: ["REALTIME_JWT_ISSUER"],
  audience: ["REALTIME_JWT_AUDIENCE", "REALTIME_JWT_CLIENT_ID"],
  no_user: ["REALTIME_JWT_USER_CLAIM"],
  keys_unavailable: ["REALTIME_JWT_JWKS_URL"],
};

const ABOUT_KEYS: ReadonlySet<Check> = new Set(["algorithm", "no_key", "signature"]);

/** The advice for each check that a token can fail, with the text of the table of codes. */
export const adviceFor = (check: Check, auth: ModeSettings): TokenAdvice => ({
  settings: [
    ...(auth.mode === "jwt" ? (JWT_VARIABLES[check] ?? []) : []),
    ...(ABOUT_KEYS.has(check) ? keyVariables(auth) : []),
  ],
  advice: (check === "keys_unavailable" ? HTTP_PROBLEMS.jwks_unavailable : TOKEN_CHECKS[check]).action,
});
