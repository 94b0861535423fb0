import type { KeyObject } from "node:crypto";
import { readVariables, type SettingGroup } from "../group.ts";
import { listOf, optional, type Setting, sharedSecret, trustworthyUrl } from "../setting.ts";
import type { DocsOf } from "../setting-doc.ts";
import { ALGORITHMS, FOR_JWKS, FOR_SECRET, type JwtAlgorithm, type SuitableAlgorithms } from "./jwt-algorithms.ts";
import { isPublicKey, publicKeySetting } from "./public-key.ts";

/** The keys that verify the issuer's tokens. A secret beside other keys is for HS* only, and they are for all else. */
export type JwtKeys =
  | { readonly source: "jwks"; readonly url: URL; readonly secret?: Uint8Array }
  | { readonly source: "public"; readonly key: KeyObject; readonly secret?: Uint8Array }
  | { readonly source: "secret"; readonly secret: Uint8Array };

export interface JwtKeySettings {
  readonly keys: JwtKeys;
  /** A token may be signed with these only. */
  readonly algorithms: readonly JwtAlgorithm[];
}

interface KeySource {
  readonly keys: JwtKeys;
  readonly suitable: SuitableAlgorithms;
}

const jwtSecret: Setting<Uint8Array> = {
  read: (text) =>
    text !== undefined && isPublicKey(text)
      ? {
          ok: false,
          fault: "must not be a public key: anybody could sign tokens with it. Set REALTIME_JWT_PUBLIC_KEY instead",
        }
      : sharedSecret.read(text),
};

const variables = {
  REALTIME_JWT_JWKS_URL: optional(trustworthyUrl),
  REALTIME_JWT_PUBLIC_KEY: optional(publicKeySetting),
  REALTIME_JWT_SECRET: optional(jwtSecret),
  REALTIME_JWT_ALGORITHMS: optional(
    listOf(
      (name) => ALGORITHMS.find((algorithm) => algorithm === name),
      `must be some of ${ALGORITHMS.join(", ")}, separated by commas`,
    ),
  ),
};

type KeyValues = ReturnType<typeof readVariables<typeof variables>>["values"];

function keySourceOf(values: KeyValues): KeySource | undefined {
  const { REALTIME_JWT_JWKS_URL: url, REALTIME_JWT_PUBLIC_KEY: publicKey, REALTIME_JWT_SECRET: secret } = values;
  const beside = secret && { secret };
  if (url) return { keys: { source: "jwks", url, ...beside }, suitable: withSecret(FOR_JWKS, secret) };
  if (publicKey) {
    const { key, suitable } = publicKey;
    return { keys: { source: "public", key, ...beside }, suitable: withSecret(suitable, secret) };
  }
  return secret && { keys: { source: "secret", secret }, suitable: FOR_SECRET };
}

const withSecret = (suitable: SuitableAlgorithms, secret: Uint8Array | undefined): SuitableAlgorithms =>
  secret === undefined
    ? suitable
    : {
        byDefault: [...suitable.byDefault, ...FOR_SECRET.byDefault],
        all: [...suitable.all, ...FOR_SECRET.all],
      };

/** One source of keys, perhaps a secret beside it, and the algorithms that fit them. */
export const jwtKeySettings: SettingGroup<JwtKeySettings> = {
  variables,
  read(env) {
    const { values, faults: malformed } = readVariables(variables, env);
    const hasUrl = env.REALTIME_JWT_JWKS_URL !== undefined;
    const hasKey = env.REALTIME_JWT_PUBLIC_KEY !== undefined;
    const isComplete = hasUrl !== hasKey || (!hasUrl && env.REALTIME_JWT_SECRET !== undefined);
    const source = keySourceOf(values);
    const allowed = values.REALTIME_JWT_ALGORITHMS;
    const unsuitable = allowed?.filter((name) => source && !source.suitable.all.includes(name)) ?? [];
    const faults = [
      ...malformed,
      ...(isComplete
        ? []
        : [
            "REALTIME_AUTH_MODE=jwt needs exactly one of REALTIME_JWT_JWKS_URL and REALTIME_JWT_PUBLIC_KEY, or REALTIME_JWT_SECRET",
          ]),
      ...(unsuitable.length > 0
        ? [`REALTIME_JWT_ALGORITHMS holds ${unsuitable.join(", ")}, not for this kind of key`]
        : []),
    ];
    if (source === undefined || faults.length > 0) return { ok: false, faults };
    return { ok: true, value: { keys: source.keys, algorithms: allowed ?? source.suitable.byDefault } };
  },
};

export const jwtKeyDocs = (): DocsOf<typeof variables> => ({
  REALTIME_JWT_JWKS_URL: {
    meaning: "`jwt`: the address of the issuer's keys; set this, a public key or a secret",
  },
  REALTIME_JWT_PUBLIC_KEY: {
    meaning: "`jwt`: the issuer's public key, SPKI PEM; line ends may be written `\\n`",
  },
  REALTIME_JWT_SECRET: {
    meaning:
      "`jwt`: the secret shared with the issuer, 32 bytes or longer; its text as it is, not decoded. It may stand beside one of the other two while the issuer changes its algorithm: HS* uses the secret, all else the keys",
  },
  REALTIME_JWT_ALGORITHMS: {
    meaning: "`jwt`: the algorithms that a token may be signed with, separated by commas",
    fallback:
      "`RS256,PS256,ES256,EdDSA,Ed25519` for a JWKS, the matching ones for a public key, `HS256` for a secret; both for both",
  },
});
