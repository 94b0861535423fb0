import { type AuthMode, authContradictions, shapeAuth } from "./auth-mode.ts";
import { both, createGroup, type SettingGroup, type ValuesOf } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { ALGORITHMS, isAlgorithm, readPublicKey } from "./jwt-keys.ts";
import { integer, matching, oneOf, optional, readText, sharedSecret, trustworthyUrl, withDefault } from "./setting.ts";

/** What the function reads. */
export interface AuthSettings extends HttpSettings, ModeSettings {}

interface ModeSettings {
  /** How it is decided who may subscribe. */
  readonly auth: AuthMode;
}

const names = (text: string): readonly string[] => text.split(",").map((name) => name.trim());

const algorithms = readText(
  (text) => names(text).every(isAlgorithm),
  `must be some of ${ALGORITHMS.join(", ")}, separated by commas`,
  (text) => names(text).filter(isAlgorithm),
);

const publicKey = readText(
  (pem) => readPublicKey(pem) !== undefined,
  "must be an SPKI PEM of an RSA (2048 bits or more), P-256, P-384, P-521 or Ed25519 public key",
  readPublicKey,
);

const list = (of: string) =>
  readText((text) => names(text).every((name) => /^.+$/.test(name)), `must be ${of}, separated by commas`, names);

const audiences = list("audiences");
const claimNames = list("names of claims");

const trimmed = matching(/^\S(?:.*\S)?$/, "must be one line of text, without white space around it");

export const OWNERSHIP_CACHE_SECONDS = { max: 300, byDefault: 10 } as const;

const variables = {
  REALTIME_AUTH_MODE: oneOf("open", "jwt", "proxy"),
  REALTIME_JWT_JWKS_URL: optional(trustworthyUrl),
  REALTIME_JWT_PUBLIC_KEY: optional(publicKey),
  REALTIME_JWT_SECRET: optional(sharedSecret),
  REALTIME_JWT_ALGORITHMS: optional(algorithms),
  REALTIME_JWT_ISSUER: optional(trimmed),
  REALTIME_JWT_AUDIENCE: optional(audiences),
  REALTIME_OWNERSHIP_URL: optional(trustworthyUrl),
  REALTIME_OWNERSHIP_SECRET: optional(matching(/^\S+$/, "must not hold white space")),
  REALTIME_OWNERSHIP_CACHE_SECONDS: withDefault(
    integer(0, OWNERSHIP_CACHE_SECONDS.max),
    OWNERSHIP_CACHE_SECONDS.byDefault,
  ),
  REALTIME_PROXY_SECRET: optional(sharedSecret),
  REALTIME_USER_INFO_CLAIMS: optional(claimNames),
};

export type AuthVariables = ValuesOf<typeof variables>;

const modeSettings = createGroup(variables, (env): ModeSettings => ({ auth: shapeAuth(env) }), authContradictions);

export const authSettings: SettingGroup<AuthSettings> = both(httpSettings, modeSettings);
