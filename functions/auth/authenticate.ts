import type { AuthMode } from "@realtime-gateway/settings";
import type { Authenticate } from "./identity.ts";

export interface AuthenticateDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How a mode knows who asks. What verifies tokens is loaded only where there are tokens to verify. */
export function createAuthenticate(auth: AuthMode, deps: AuthenticateDeps): Authenticate {
  switch (auth.mode) {
    case "open":
      return async () => ({ mode: "open" });
    case "jwt":
      return whenLoaded(import("./token.ts").then((module) => module.createTokenAuthentication(auth, deps)));
    case "proxy":
      return whenLoaded(import("./assertion.ts").then((module) => module.createAssertionAuthentication(auth, deps)));
  }
}

const whenLoaded =
  (loading: Promise<Authenticate>): Authenticate =>
  async (context) =>
    (await loading)(context);
