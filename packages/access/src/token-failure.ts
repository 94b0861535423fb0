import type { TokenCheck } from "@realtime-gateway/codes";

/** The token failed a check, or there are no keys to check it with. In the second case the token may be good. */
export type TokenFailure =
  | { readonly check: TokenCheck; readonly detail: string }
  | { readonly check: "keys_unavailable"; readonly reason: string };

export interface FailedReading {
  readonly ok: false;
  readonly failure: TokenFailure;
}

export const checkFailed = (check: TokenCheck, detail: string): FailedReading => ({
  ok: false,
  failure: { check, detail },
});
