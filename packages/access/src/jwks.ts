import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWK, type JWTVerifyGetKey } from "jose";
import { objectOf } from "./claims.ts";
import { createTokenBucket } from "./token-bucket.ts";
import { reasonOf, Unanswered } from "./unanswered.ts";
import { KeysUnavailable } from "./verify-jwt.ts";

/** The cache keeps keys for this long. A withdrawn key is accepted until then. */
const JWKS_MAX_AGE_MS = 10 * 60 * 1000;
/** Known keys work for this long while the issuer does not answer. A withdrawn key is accepted until then, too. */
const STALE_JWKS_MAX_AGE_MS = 60 * 60 * 1000;
/** For the whole answer. */
const TIMEOUT_MS = 3_000;
/** A hundred keys take about 50 KB. */
const MAX_JWKS_BYTES = 262_144;

/** A token with an unknown key causes a refresh, and anybody can make up such a token. */
const REFRESHES = { capacity: 2, refillMs: 15_000 };
/** While there are no keys, every request tries again. */
const ATTEMPTS_WITHOUT_KEYS = { capacity: 5, refillMs: 1_000 };

/** The issuer did not answer, so known keys verify its tokens. */
export interface StaleKeys {
  /** From a fixed set of texts, or an error code of the network. */
  readonly reason: string;
  readonly ageSeconds: number;
}

export type ReportStaleKeys = (stale: StaleKeys) => void;

export interface JwksDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly reportStaleKeys: ReportStaleKeys;
}

/** The issuer's keys. Old keys and unknown keys cause a refresh, at a bounded rate that protects the issuer. */
export function createJwks(url: URL, deps: JwksDeps): JWTVerifyGetKey {
  const { fetchLimited, knownKeys } = limitedFetch(deps);
  const jwks = createRemoteJWKSet(url, {
    cacheMaxAge: JWKS_MAX_AGE_MS,
    // The limits below replace it: they count failures too.
    cooldownDuration: 0,
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: fetchLimited,
  });
  return async (...parameters) => {
    try {
      return await jwks(...parameters);
    } catch (error) {
      if (isTokenFault(error)) throw error;
      const known = await keyFrom(knownKeys(), parameters);
      if (known === undefined) throw new KeysUnavailable(reasonOf(error));
      return known;
    }
  };
}

/** The known key that fits. The issuer may have published others since, so a token with another key is not at fault. */
async function keyFrom(keys: JWTVerifyGetKey | undefined, parameters: Parameters<JWTVerifyGetKey>) {
  try {
    return await keys?.(...parameters);
  } catch {
    return undefined;
  }
}

/** The keys are there, but none fits the token, or several do. */
const isTokenFault = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

interface FetchOptions {
  readonly headers: Headers;
  readonly method: "GET";
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

interface KnownKeys {
  readonly text: string;
  readonly find: JWTVerifyGetKey;
  readonly fetchedAtMs: number;
}

/** Fetches a JWKS at a bounded rate. Above the rate, it returns the last result again. */
function limitedFetch({ fetch, now, reportStaleKeys }: JwksDeps) {
  const refreshes = createTokenBucket(REFRESHES, now);
  const attempts = createTokenBucket(ATTEMPTS_WITHOUT_KEYS, now);
  let known: KnownKeys | undefined;
  let last: "none yet" | "failed" | "answered" = "none yet";
  const ageMs = (): number => (known === undefined ? Number.POSITIVE_INFINITY : now() - known.fetchedAtMs);
  const isUsable = (): boolean => ageMs() < STALE_JWKS_MAX_AGE_MS;

  async function refresh(url: string, options: FetchOptions): Promise<void> {
    last = "failed";
    try {
      const keys = await fetchKeys(fetch, url, options);
      known = { text: JSON.stringify({ keys }), find: createLocalJWKSet({ keys: [...keys] }), fetchedAtMs: now() };
      last = "answered";
    } catch (error) {
      if (isUsable()) reportStaleKeys({ reason: reasonOf(error), ageSeconds: Math.round(ageMs() / 1000) });
      throw error;
    }
  }

  return {
    async fetchLimited(url: string, options: FetchOptions): Promise<Response> {
      // With usable keys, few requests wait for an issuer that may not answer.
      const isDue = last === "none yet" || (last === "failed" && !isUsable() ? attempts : refreshes).take();
      if (isDue) await refresh(url, options);
      if (known === undefined || last === "failed") throw new Unanswered("failed a moment ago");
      return new Response(known.text);
    },
    knownKeys: (): JWTVerifyGetKey | undefined => (isUsable() ? known?.find : undefined),
  };
}

/** Returns the keys of a JWKS. Throws if the issuer does not answer, or answers something else or too much. */
async function fetchKeys(fetch: JwksDeps["fetch"], url: string, options: FetchOptions): Promise<readonly JWK[]> {
  const response = await fetch(url, options);
  if (response.status !== 200) throw new Unanswered(`status ${response.status}`);
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_JWKS_BYTES) throw new Unanswered(`longer than ${MAX_JWKS_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  text += decoder.decode();
  const keys = objectOf(parse(text))?.keys;
  if (!Array.isArray(keys)) throw new Unanswered("not a JWKS");
  // A malformed key must not make the others unusable.
  const sound = keys.flatMap((key): readonly JWK[] => (objectOf(key) === undefined ? [] : [key]));
  if (sound.length === 0 && keys.length > 0) throw new Unanswered("no keys");
  return sound;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
