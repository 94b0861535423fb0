import { type AccessSettings, accessSettings, readConfig } from "@realtime-gateway/settings";
import type { HttpApiRoute } from "../http-api/http-api.ts";
import { denialHints } from "./denial-hints.ts";
import type { Hint } from "./hint.ts";
import { subscriptionHint } from "./subscription-hint.ts";

export interface Hints {
  /** To call for each accepted subscription. Hints once about each channel. */
  subscribed(channel: string): void;
  /** The same routes; the one that authorizes subscriptions explains what it denies. */
  explainDenials(routes: readonly HttpApiRoute[]): readonly HttpApiRoute[];
  /** Resolves after the explanations under way. */
  settled(): Promise<void>;
}

/** A page may subscribe to any number of channels. Later ones get no hint, to limit the memory. */
const MAX_CHANNELS = 1_000;

export function createHints(env: Readonly<Record<string, string>>, onHint: (hint: Hint) => void): Hints {
  const settings: AccessSettings = readConfig(accessSettings, env);
  const known = new Set<string>();
  const underWay = new Set<Promise<void>>();

  function explain(route: HttpApiRoute): HttpApiRoute {
    return {
      ...route,
      async invoke(event) {
        const result = await route.invoke(event);
        // The client need not wait for the explanation, and gets its answer even if that fails.
        const explaining = denialHints(event, result, settings, { fetch: globalThis.fetch, now: Date.now })
          .then((hints) => hints.forEach(onHint))
          .catch(() => undefined)
          .finally(() => underWay.delete(explaining));
        underWay.add(explaining);
        return result;
      },
    };
  }

  return {
    subscribed(channel) {
      if (known.has(channel) || known.size >= MAX_CHANNELS) return;
      known.add(channel);
      const about = subscriptionHint(channel, settings.form);
      if (about !== undefined) onHint(about);
    },
    explainDenials: (routes) => routes.map((route) => (route.path.endsWith("/auth") ? explain(route) : route)),
    async settled() {
      await Promise.all(underWay);
    },
  };
}
