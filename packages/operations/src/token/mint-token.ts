import { checkChannelName } from "@realtime-gateway/access";
import { type Minted, mintAssertion, mintUserToken } from "@realtime-gateway/access/mint";
import { MAX_ASSERTION_SECONDS } from "@realtime-gateway/access/tokens";
import type { AccessSettings } from "@realtime-gateway/settings";
import type { MintOptions } from "../cli/mint-arguments.ts";

/** A token and the header that sends it, or every reason why these settings and flags give none. */
export type MintedToken =
  | { readonly ok: true; readonly token: string; readonly header: string; readonly expires: string }
  | { readonly ok: false; readonly reasons: readonly string[] };

const HOUR_SECONDS = 3600;

/** Signs a token with the settings of the auth function, which then accepts it. */
export async function mintToken(settings: AccessSettings, options: MintOptions, nowMs: number): Promise<MintedToken> {
  const { auth } = settings;
  const { user, grants, channels, socketId, userInfo } = options;
  const common = { user, ...(userInfo && { userInfo }) };
  switch (auth.mode) {
    case "open":
      return {
        ok: false,
        reasons: ["REALTIME_AUTH_MODE=open needs no token. Set it to jwt or proxy, as for npm start"],
      };
    case "jwt": {
      if (socketId !== undefined || channels.length > 0)
        return { ok: false, reasons: ["--socket-id and --channel are for REALTIME_AUTH_MODE=proxy. Use --grant"] };
      const lifetimeSeconds = options.lifetimeSeconds ?? HOUR_SECONDS;
      const minted = await mintUserToken(auth, { ...common, grants, lifetimeSeconds }, nowMs);
      return named(minted, (token) => `authorization: Bearer ${token}`);
    }
    case "proxy": {
      const lifetimeSeconds = options.lifetimeSeconds ?? MAX_ASSERTION_SECONDS;
      const reasons = assertionFaults(settings, options, lifetimeSeconds);
      if (socketId === undefined || reasons.length > 0) return { ok: false, reasons };
      const minted = await mintAssertion(auth, { ...common, socketId, channels, lifetimeSeconds }, nowMs);
      return named(minted, (token) => `x-realtime-assertion: ${token}`);
    }
  }
}

function assertionFaults(
  { form }: AccessSettings,
  { grants, channels, socketId }: MintOptions,
  lifetimeSeconds: number,
): readonly string[] {
  return [
    ...(grants.length > 0 ? ["--grant is for REALTIME_AUTH_MODE=jwt. Use --channel, with the whole name"] : []),
    ...(socketId === undefined ? ["--socket-id is missing: an assertion is for one connection"] : []),
    ...(lifetimeSeconds > MAX_ASSERTION_SECONDS
      ? [`--seconds must be ${MAX_ASSERTION_SECONDS} or less: an assertion does not live longer`]
      : []),
    ...channels.flatMap((name) => {
      const check = checkChannelName(name, form);
      return check.ok ? [] : [`--channel ${name}: ${check.detail}`];
    }),
  ];
}

function named(minted: Minted, headerOf: (token: string) => string): MintedToken {
  if (!minted.ok) return { ok: false, reasons: [minted.reason] };
  const { token, expiresAtSeconds } = minted;
  return { ok: true, token, header: headerOf(token), expires: new Date(expiresAtSeconds * 1000).toISOString() };
}
