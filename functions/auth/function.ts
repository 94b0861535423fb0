import type { StaleKeys } from "@realtime-gateway/access/tokens";
import { createPusherSigner } from "@realtime-gateway/pusher";
import type { AuthSettings } from "@realtime-gateway/settings";
import { createHandler } from "../http/fronts.ts";
import type { Log } from "../log.ts";
import { createAuthApp } from "./app.ts";
import { createCountStaleKeys } from "./metrics.ts";
import { AUTH_MODES, createAuthenticate } from "./modes/modes.ts";

export interface AuthFunctionOptions {
  readonly config: AuthSettings;
  readonly log: Log;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Writes a line to standard output. */
  readonly write?: (line: string) => void;
}

const toStdout = (line: string): void => void process.stdout.write(line);

/** The whole function, from its settings to its Lambda handler. */
export function createAuthFunction(options: AuthFunctionOptions) {
  const { config, log, fetch = globalThis.fetch, now = Date.now, write = toStdout } = options;
  const { auth, form, signingApp, allowedOrigins } = config;
  if (auth.mode !== "open" && form === "public")
    log.warn("public_channels", {
      detail: "PUSHER_USE_PRIVATE_CHANNELS=0: everybody can subscribe to every event, in every mode",
    });
  if (auth.mode === "jwt" && allowedOrigins.length === 0)
    log.warn("no_allowed_origin", {
      detail: "REALTIME_ALLOWED_ORIGINS is not set: web pages of other origins cannot send their tokens",
    });
  const countStaleKeys = createCountStaleKeys(config.metricsNamespace, { write, now });
  const reportStaleKeys = ({ reason, ageSeconds }: StaleKeys): void => {
    log.warn("jwks_stale", { reason, age_seconds: ageSeconds });
    countStaleKeys();
  };
  const authenticate = createAuthenticate(AUTH_MODES, auth, { fetch, now, reportStaleKeys });
  return createHandler(createAuthApp({ config, signer: createPusherSigner(signingApp), authenticate, log }), log);
}
