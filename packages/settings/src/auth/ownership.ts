import { createGroup, type Environment, missingIn } from "../group.ts";
import { integer, matching, optional, trustworthyUrl, withDefault } from "../setting.ts";
import type { DocsOf } from "../setting-doc.ts";

export interface OwnershipSettings {
  readonly url: URL;
  readonly secret: string;
  readonly cacheMs: number;
}

const CACHE_SECONDS = { max: 300, byDefault: 10 } as const;

const variables = {
  REALTIME_OWNERSHIP_URL: optional(trustworthyUrl),
  REALTIME_OWNERSHIP_SECRET: optional(matching(/^\S+$/, "must not hold white space")),
  REALTIME_OWNERSHIP_CACHE_SECONDS: withDefault(integer(0, CACHE_SECONDS.max), CACHE_SECONDS.byDefault),
};

/** The URL needs the secret. The secret and the cache time need the URL. */
function contradictions(env: Environment): readonly string[] {
  if (Object.keys(variables).every((name) => env[name] === undefined)) return [];
  return missingIn(env, [env.REALTIME_OWNERSHIP_URL ? "REALTIME_OWNERSHIP_SECRET" : "REALTIME_OWNERSHIP_URL"]);
}

export const ownershipSettings = createGroup(
  variables,
  ({
    REALTIME_OWNERSHIP_URL: url,
    REALTIME_OWNERSHIP_SECRET: secret,
    REALTIME_OWNERSHIP_CACHE_SECONDS: seconds,
  }): { readonly ownership: OwnershipSettings | undefined } => ({
    ownership: url && secret ? { url, secret, cacheMs: seconds * 1000 } : undefined,
  }),
  contradictions,
);

export const ownershipDocs = (): DocsOf<typeof variables> => ({
  REALTIME_OWNERSHIP_URL: {
    meaning: "`jwt`: the platform's endpoint that decides who owns an entity; asked if no grant matches",
    fallback: "none: no grant, no subscription",
  },
  REALTIME_OWNERSHIP_SECRET: {
    meaning: "`jwt`: signs those questions; required with `REALTIME_OWNERSHIP_URL`",
  },
  REALTIME_OWNERSHIP_CACHE_SECONDS: {
    meaning: `\`jwt\`: how long auth caches an answer; 0 to ${CACHE_SECONDS.max}`,
    fallback: `\`${CACHE_SECONDS.byDefault}\``,
  },
});
