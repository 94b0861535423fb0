import type { KeyObject } from "node:crypto";
import type { AuthVariables } from "./auth.ts";
import type { Environment } from "./group.ts";
import {
  type Algorithm,
  isAlgorithm,
  OF_JWKS,
  OF_SECRET,
  ofPublicKey,
  readPublicKey,
  type Suitable,
} from "./jwt-keys.ts";

/** How it is decided who may subscribe. */
export type AuthMode = { readonly mode: "open" } | JwtMode | ProxyMode;

export interface JwtMode {
  readonly mode: "jwt";
  readonly keys: JwtKeys;
  readonly algorithms: readonly Algorithm[];
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly ownership: OwnershipSettings | undefined;
  readonly userInfoClaims: readonly string[];
}

export type JwtKeys =
  | { readonly source: "jwks"; readonly url: URL }
  | { readonly source: "public"; readonly key: KeyObject }
  | { readonly source: "secret"; readonly secret: Uint8Array };

export interface OwnershipSettings {
  readonly url: URL;
  readonly secret: string;
  readonly cacheMs: number;
}

export interface ProxyMode {
  readonly mode: "proxy";
  readonly secret: Uint8Array;
  readonly userInfoClaims: readonly string[];
}

const KEY_SOURCES = ["REALTIME_JWT_JWKS_URL", "REALTIME_JWT_PUBLIC_KEY", "REALTIME_JWT_SECRET"] as const;

/** The variables that mean something in one mode only: elsewhere, whoever set them believes in a protection there is not. */
const MODES_OF: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(KEY_SOURCES.map((name) => [name, ["jwt"]])),
  REALTIME_JWT_ALGORITHMS: ["jwt"],
  REALTIME_JWT_ISSUER: ["jwt"],
  REALTIME_JWT_AUDIENCE: ["jwt"],
  REALTIME_OWNERSHIP_URL: ["jwt"],
  REALTIME_OWNERSHIP_SECRET: ["jwt"],
  REALTIME_OWNERSHIP_CACHE_SECONDS: ["jwt"],
  REALTIME_PROXY_SECRET: ["proxy"],
  REALTIME_USER_INFO_CLAIMS: ["jwt", "proxy"],
};

const MODES = ["open", "jwt", "proxy"];

export function authContradictions(env: Environment): readonly string[] {
  const mode = env.REALTIME_AUTH_MODE ?? "open";
  // A mode that is none is a fault of its own; what the other variables should be cannot be said.
  if (!MODES.includes(mode)) return [];
  const outOfPlace = Object.entries(MODES_OF)
    .filter(([name, modes]) => env[name] !== undefined && !modes.includes(mode))
    .map(([name, modes]) => `${name} needs REALTIME_AUTH_MODE=${modes.join(" or ")}`);
  if (mode === "jwt") return [...outOfPlace, ...jwtFaults(env)];
  return mode === "proxy" ? [...outOfPlace, ...missing(env, ["REALTIME_PROXY_SECRET"])] : outOfPlace;
}

function jwtFaults(env: Environment): readonly string[] {
  const sources = KEY_SOURCES.filter((name) => env[name] !== undefined);
  return [
    ...(sources.length === 1 ? [] : [`REALTIME_AUTH_MODE=jwt needs exactly one of ${KEY_SOURCES.join(", ")}`]),
    ...missing(env, ["REALTIME_JWT_ISSUER", "REALTIME_JWT_AUDIENCE"]),
    ...unsuitableAlgorithms(env),
    ...(env.REALTIME_OWNERSHIP_URL === undefined ? [] : missing(env, ["REALTIME_OWNERSHIP_SECRET"])),
    ...(env.REALTIME_OWNERSHIP_SECRET === undefined && env.REALTIME_OWNERSHIP_CACHE_SECONDS === undefined
      ? []
      : missing(env, ["REALTIME_OWNERSHIP_URL"])),
  ];
}

const missing = (env: Environment, names: readonly string[]): readonly string[] =>
  names.filter((name) => env[name] === undefined).map((name) => `${name} is missing`);

function unsuitableAlgorithms(env: Environment): readonly string[] {
  const suitable = suitableIn(env);
  const allowed = env.REALTIME_JWT_ALGORITHMS?.split(",").map((name) => name.trim()) ?? [];
  const unsuitable = allowed.filter((name) => isAlgorithm(name) && suitable && !suitable.all.includes(name));
  return unsuitable.length > 0
    ? [`REALTIME_JWT_ALGORITHMS holds ${unsuitable.join(", ")}, not for this kind of key`]
    : [];
}

function suitableIn(env: Environment): Suitable | undefined {
  if (env.REALTIME_JWT_JWKS_URL !== undefined) return OF_JWKS;
  if (env.REALTIME_JWT_SECRET !== undefined) return OF_SECRET;
  const key = readPublicKey(env.REALTIME_JWT_PUBLIC_KEY ?? "");
  return key && ofPublicKey(key);
}

/** Of variables without faults or contradictions. */
export function shapeAuth(env: AuthVariables): AuthMode {
  const userInfoClaims = env.REALTIME_USER_INFO_CLAIMS ?? [];
  if (env.REALTIME_AUTH_MODE === "proxy" && env.REALTIME_PROXY_SECRET)
    return { mode: "proxy", secret: env.REALTIME_PROXY_SECRET, userInfoClaims };
  if (env.REALTIME_AUTH_MODE === "open") return { mode: "open" };
  const found = keysOf(env);
  if (found === undefined || !env.REALTIME_JWT_ISSUER || !env.REALTIME_JWT_AUDIENCE)
    throw new Error("contradictions are found before settings are shaped");
  return {
    mode: "jwt",
    keys: found.keys,
    algorithms: env.REALTIME_JWT_ALGORITHMS ?? found.suitable.byDefault,
    issuer: env.REALTIME_JWT_ISSUER,
    audience: env.REALTIME_JWT_AUDIENCE,
    ownership: ownershipOf(env),
    userInfoClaims,
  };
}

function keysOf(env: AuthVariables): { readonly keys: JwtKeys; readonly suitable: Suitable } | undefined {
  const { REALTIME_JWT_JWKS_URL: url, REALTIME_JWT_SECRET: secret, REALTIME_JWT_PUBLIC_KEY: key } = env;
  if (url) return { keys: { source: "jwks", url }, suitable: OF_JWKS };
  if (secret) return { keys: { source: "secret", secret }, suitable: OF_SECRET };
  const suitable = key && ofPublicKey(key);
  return key && suitable && { keys: { source: "public", key }, suitable };
}

function ownershipOf(env: AuthVariables): OwnershipSettings | undefined {
  const { REALTIME_OWNERSHIP_URL: url, REALTIME_OWNERSHIP_SECRET: secret } = env;
  return url && secret ? { url, secret, cacheMs: env.REALTIME_OWNERSHIP_CACHE_SECONDS * 1000 } : undefined;
}
