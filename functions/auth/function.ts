import { createPusherSigner } from "@realtime-gateway/pusher";
import type { AuthSettings } from "@realtime-gateway/settings";
import { createHandler } from "../http/fronts.ts";
import type { Log } from "../log.ts";
import { createAuthApp } from "./app.ts";
import { createAuthenticate } from "./authenticate.ts";
import { createOwnership } from "./ownership.ts";

export interface AuthFunctionOptions {
  readonly config: AuthSettings;
  readonly log: Log;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The whole function, from its settings to its Lambda handler. */
export function createAuthFunction({ config, log, fetch = globalThis.fetch, now = Date.now }: AuthFunctionOptions) {
  const { auth } = config;
  if (auth.mode !== "open" && config.form === "public")
    log.warn("public_channels", {
      detail: "PUSHER_USE_PRIVATE_CHANNELS=0: anybody hears every event, whatever the mode",
    });
  const client = createPusherSigner(config.app);
  const deps = { fetch, now };
  const askOwner = auth.mode === "jwt" && auth.ownership ? createOwnership(auth.ownership, deps) : undefined;
  return createHandler(createAuthApp({ config, client, authenticate: createAuthenticate(auth, deps), askOwner, log }));
}
