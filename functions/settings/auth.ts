import * as z from "zod/mini";
import { type AuthMode, authContradictions, shapeAuth } from "./auth-mode.ts";
import { both, createGroup, type SettingGroup } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { ALGORITHMS, isAlgorithm, readPublicKey } from "./jwt-keys.ts";
import { integer, matching, readText, settingDocs, sharedSecret, trustworthyUrl } from "./setting.ts";

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

const MAX_OWNERSHIP_CACHE_SECONDS = 300;
const DEFAULT_OWNERSHIP_CACHE_SECONDS = 10;

const variables = z.object({
  REALTIME_AUTH_MODE: z
    ._default(z.enum(["open", "jwt", "proxy"], { error: "must be open, jwt or proxy" }), "open")
    .register(settingDocs, {
      meaning:
        "who may subscribe; `open`: the naming rules and nothing else, `jwt`: users with a token, `proxy`: whom a trusted server vouches for",
      fallback: "`open`",
    }),
  REALTIME_JWT_JWKS_URL: z.optional(trustworthyUrl).register(settingDocs, {
    meaning: "`jwt`: where the issuer publishes its keys; this, a public key or a secret",
  }),
  REALTIME_JWT_PUBLIC_KEY: z.optional(publicKey).register(settingDocs, {
    meaning: "`jwt`: the issuer's public key, SPKI PEM; line ends may be written `\\n`",
  }),
  REALTIME_JWT_SECRET: z.optional(sharedSecret).register(settingDocs, {
    meaning: "`jwt`: the secret shared with the issuer, 32 bytes or longer; its text as it is, not decoded",
  }),
  REALTIME_JWT_ALGORITHMS: z.optional(algorithms).register(settingDocs, {
    meaning: "`jwt`: the algorithms that a token may be signed with, separated by commas",
    fallback: "`RS256,PS256,ES256,EdDSA,Ed25519` for a JWKS, what fits a public key, `HS256` for a secret",
  }),
  REALTIME_JWT_ISSUER: z.optional(trimmed).register(settingDocs, {
    meaning: "`jwt`: the `iss` of every token, to the last slash; required",
  }),
  REALTIME_JWT_AUDIENCE: z.optional(audiences).register(settingDocs, {
    meaning: "`jwt`: every token's `aud` holds it; required. One of several, separated by commas, is enough",
  }),
  REALTIME_OWNERSHIP_URL: z.optional(trustworthyUrl).register(settingDocs, {
    meaning: "`jwt`: the platform's answer to who owns what, asked where no grant matches",
    fallback: "none: no grant, no subscription",
  }),
  REALTIME_OWNERSHIP_SECRET: z.optional(matching(/^\S+$/, "must not hold white space")).register(settingDocs, {
    meaning: "`jwt`: signs those questions; required with `REALTIME_OWNERSHIP_URL`",
  }),
  REALTIME_OWNERSHIP_CACHE_SECONDS: z
    ._default(integer(0, MAX_OWNERSHIP_CACHE_SECONDS), DEFAULT_OWNERSHIP_CACHE_SECONDS)
    .register(settingDocs, {
      meaning: `\`jwt\`: how long an answer is believed; 0 to ${MAX_OWNERSHIP_CACHE_SECONDS}`,
      fallback: `\`${DEFAULT_OWNERSHIP_CACHE_SECONDS}\``,
    }),
  REALTIME_PROXY_SECRET: z.optional(sharedSecret).register(settingDocs, {
    meaning: "`proxy`: the secret shared with the trusted server, 32 bytes or longer; required",
  }),
  REALTIME_USER_INFO_CLAIMS: z.optional(claimNames).register(settingDocs, {
    meaning:
      "`jwt`, `proxy`: claims that other members of a presence channel see beside `user_info`, separated by commas, such as `name,picture`",
    fallback: "none",
  }),
});

export type AuthVariables = z.output<typeof variables>;

const modeSettings = createGroup(variables, (env): ModeSettings => ({ auth: shapeAuth(env) }), authContradictions);

export const authSettings: SettingGroup<AuthSettings> = both(httpSettings, modeSettings);
