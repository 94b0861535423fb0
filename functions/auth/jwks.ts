import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { objectOf } from "./claims.ts";
import { reasonOf, Unanswered } from "./reason.ts";
import { createTokenBucket } from "./token-bucket.ts";
import { KeysUnavailable } from "./verify-jwt.ts";

export interface JwksDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How long keys are believed without asking again: as long, at most, a withdrawn key is still accepted. */
const JWKS_MAX_AGE_MS = 10 * 60 * 1000;
/** For the whole answer. */
const TIMEOUT_MS = 3_000;
/** A hundred keys are some 50 KB. */
const MAX_JWKS_BYTES = 262_144;

/** A token with an unknown key asks for a refresh; anybody can make one up. */
const REFRESHES = { capacity: 2, refillMs: 15_000 };
/** While the issuer is down, every request would ask. */
const ATTEMPTS_AFTER_FAILURE = { capacity: 5, refillMs: 1_000 };

/** The issuer's keys: cached, fetched anew when they are old or one is unknown, and not more often than is good for the issuer. */
export function createJwks(url: URL, deps: JwksDeps): JWTVerifyGetKey {
  const jwks = createRemoteJWKSet(url, {
    cacheMaxAge: JWKS_MAX_AGE_MS,
    // How often it asks is limited below, where failures count too.
    cooldownDuration: 0,
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: limitedFetch(deps),
  });
  return async (...asked) => {
    try {
      return await jwks(...asked);
    } catch (error) {
      throw isOfTheToken(error) ? error : new KeysUnavailable(reasonOf(error));
    }
  };
}

/** The keys are there, and none is the token's, or more than one may be. */
const isOfTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

interface FetchOptions {
  readonly headers: Headers;
  readonly method: "GET";
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

/** Fetches a JWKS at a bounded rate and of a bounded size. Above the rate, what came last comes again. */
function limitedFetch({ fetch, now }: JwksDeps) {
  const refreshes = createTokenBucket(REFRESHES, now);
  const attempts = createTokenBucket(ATTEMPTS_AFTER_FAILURE, now);
  let last: "none yet" | "failed" | { readonly text: string } = "none yet";
  return async (url: string, options: FetchOptions): Promise<Response> => {
    if (last === "none yet" || (last === "failed" ? attempts : refreshes).take()) {
      last = "failed";
      last = { text: await fetchJwks(fetch, url, options) };
    }
    if (last === "failed") throw new Unanswered("failed a moment ago");
    return new Response(last.text);
  };
}

/** The text of a JWKS; throws when it is not answered, too large, or something else. */
async function fetchJwks(fetch: JwksDeps["fetch"], url: string, options: FetchOptions): Promise<string> {
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
  // One that is none must not cost the others.
  const sound = keys.filter((key) => objectOf(key) !== undefined);
  if (sound.length === 0 && keys.length > 0) throw new Unanswered("no keys");
  return JSON.stringify({ keys: sound });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
