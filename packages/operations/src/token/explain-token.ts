import {
  checkChannelName,
  type Entitlement,
  entitlementOf,
  listGrants,
  readGrants,
  type TokenFailure,
} from "@realtime-gateway/access";
import { createAssertionReader, createUserTokenReader, type UserToken } from "@realtime-gateway/access/tokens";
import type { AccessSettings } from "@realtime-gateway/settings";
import { adviceFor, type TokenAdvice } from "./advice.ts";
import { type TokenFacts, tokenFacts } from "./token-facts.ts";

/** The answer that the gateway would give for a channel. */
export interface ChannelOutlook {
  readonly name: string;
  /** `platform`: `REALTIME_OWNERSHIP_URL` decides, and the command does not ask it. */
  readonly authorized: boolean | "platform";
  readonly code?: string;
  readonly detail: string;
}

export interface TokenExplanation {
  readonly mode: AccessSettings["auth"]["mode"];
  /** `undefined`: the mode reads no tokens. */
  readonly verified: boolean | undefined;
  readonly failure?: { readonly check: TokenFailure["check"]; readonly detail: string } & TokenAdvice;
  /** Read without a check. */
  readonly facts: TokenFacts;
  readonly user?: string;
  /** The grants that open channels. `undefined`: the token has no claim with grants. */
  readonly grants?: { readonly opens: readonly string[]; readonly ignored: number } | undefined;
  readonly channel?: ChannelOutlook;
}

export interface ExplainDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Checks a token with the code of the auth function, and explains the result. */
export async function explainToken(
  settings: AccessSettings,
  token: string,
  channel: string | undefined,
  deps: ExplainDeps,
): Promise<TokenExplanation> {
  const { auth } = settings;
  const facts = tokenFacts(token);
  const common = { mode: auth.mode, facts };
  const outlook = (answer: (name: string) => ChannelOutlook) =>
    channel === undefined ? {} : { channel: answer(channel) };
  const named = (name: string, answer: ChannelOutlook): ChannelOutlook => {
    const check = checkChannelName(name, settings.form);
    return check.ok ? answer : { name, authorized: false, code: "channel_not_allowed", detail: check.detail };
  };
  if (auth.mode === "open")
    return {
      ...common,
      verified: undefined,
      ...outlook((name) => named(name, { name, authorized: true, detail: "The mode authorizes everybody" })),
    };
  if (auth.mode === "proxy") {
    const reading = await createAssertionReader(auth, deps.now)(token);
    if (!reading.ok) return { ...common, ...failed(reading.failure, settings) };
    const { userId, channels } = reading.assertion;
    return {
      ...common,
      verified: true,
      user: userId,
      ...outlook((name) => named(name, assertedOutlook(name, channels))),
    };
  }
  const reading = await createUserTokenReader(auth, { ...deps, reportStaleKeys: () => {} })(token);
  if (!reading.ok) return { ...common, ...failed(reading.failure, settings) };
  const { userId, grantsClaim } = reading.token;
  return {
    ...common,
    verified: true,
    user: userId,
    grants: grantsClaim && listGrants(grantsClaim.channels),
    ...outlook((name) => grantedOutlook(name, settings, reading.token)),
  };
}

function failed(failure: TokenFailure, { auth }: AccessSettings) {
  const { check } = failure;
  const detail = failure.check === "keys_unavailable" ? failure.reason : failure.detail;
  return { verified: false, failure: { check, detail, ...adviceFor(check, auth) } };
}

const assertedOutlook = (name: string, channels: ReadonlySet<string> | undefined): ChannelOutlook =>
  channels?.has(name)
    ? { name, authorized: true, detail: "The assertion names the channel" }
    : { name, authorized: false, code: "assertion_mismatch", detail: "The assertion is for other channels" };

function grantedOutlook(name: string, { form, auth }: AccessSettings, { grantsClaim }: UserToken): ChannelOutlook {
  const check = checkChannelName(name, form);
  if (!check.ok) return { name, authorized: false, code: "channel_not_allowed", detail: check.detail };
  const asksOwners = auth.mode === "jwt" && auth.ownership !== undefined;
  const grants = grantsClaim && readGrants(grantsClaim.channels);
  return { name, ...outlookOf(entitlementOf(check.requested.channel, grants, asksOwners)) };
}

function outlookOf(entitlement: Entitlement): Omit<ChannelOutlook, "name"> {
  switch (entitlement.kind) {
    case "allowed":
      return { authorized: true, detail: "A grant covers the channel, or every user may subscribe to it" };
    case "ask_owner":
      return { authorized: "platform", detail: "No grant covers the channel, so REALTIME_OWNERSHIP_URL decides" };
    case "denied":
      return { authorized: false, code: entitlement.code, detail: entitlement.detail };
  }
}
