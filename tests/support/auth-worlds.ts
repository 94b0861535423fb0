import { createHash } from "node:crypto";
import type * as fc from "fast-check";
import Pusher from "pusher";
import { type Attempt, assertionAttempts, tokenAttempts } from "./arbitrary-subscriptions.ts";
import { type AuthFunction, authFunction } from "./auth-function.ts";
import { leastEnvironment } from "./environment.ts";
import { jwtEnvironment } from "./key-sources.ts";
import { formEnvironment, PUBLISHED_FORMS } from "./matrix-channels.ts";
import { NOW_SECONDS } from "./matrix-tokens.ts";
import {
  type AskedSubscription,
  type OracleCaller,
  type Owning,
  objections,
  type PublishedForm,
} from "./policy-oracle.ts";
import { readToken } from "./token-oracle.ts";
import { AUDIENCE, ISSUER, JWT_SECRET, PROXY_SECRET } from "./tokens.ts";

/** One configuration of the gateway, with the answers that the contract requires. */
export interface AuthWorld {
  readonly name: string;
  readonly form: PublishedForm;
  readonly asked: AuthFunction;
  /** A thorough test sees all of these. */
  readonly outcomes: readonly string[];
  attempts(maxChannels: number): fc.Arbitrary<Attempt>;
  headersOf(token: string | undefined): Readonly<Record<string, string>>;
  /** The sender, or the code of the token's problem. */
  callerOf(token: string | undefined): OracleCaller | string;
}

/** Every reason against a signature, in any order of checks. */
export function dueObjections(
  world: AuthWorld,
  token: string | undefined,
  asked: AskedSubscription,
): readonly string[] {
  const caller = world.callerOf(token);
  return typeof caller === "string" ? [caller] : objections(caller, asked, world.form);
}

/** Pusher's own library, with the gateway's app. */
const signerOf = (form: PublishedForm): Pusher => {
  const { PUSHER_APP_ID: appId, PUSHER_KEY: key, PUSHER_SECRET: secret, PUSHER_CLUSTER: cluster } = leastEnvironment;
  const { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: masterKey } = formEnvironment(form);
  return new Pusher({ appId, key, secret, cluster, ...(masterKey && { encryptionMasterKeyBase64: masterKey }) });
};
const SIGNERS = { private: signerOf("private"), public: signerOf("public"), encrypted: signerOf("encrypted") };

/** The answer of the real `pusher` library for an allowed subscription. */
export function dueAnswer(world: AuthWorld, token: string | undefined, { socketId, channelName }: AskedSubscription) {
  const caller = world.callerOf(token);
  if (typeof caller === "string") throw new Error(`no answer is due for ${caller}`);
  const member = channelName.startsWith("presence-") ? memberOf(caller, socketId) : undefined;
  return SIGNERS[world.form].authorizeChannel(socketId, channelName, member);
}

function memberOf(caller: OracleCaller, socketId: string): Pusher.PresenceChannelData {
  if (caller.mode === "open") return { user_id: `anonymous-${socketId}`, user_info: {} };
  const { sub, userInfo } = caller;
  const isObject = typeof userInfo === "object" && userInfo !== null && !Array.isArray(userInfo);
  return { user_id: sub, user_info: isObject ? { ...userInfo } : {} };
}

const now = (): number => NOW_SECONDS * 1000;
const ALWAYS = ["signed", "channel_not_allowed", "invalid_socket_id"];
const OF_TOKENS = [...ALWAYS, "invalid_token", "missing_credentials", "user_id_too_long", "user_info_too_large"];
const times = { nowSeconds: NOW_SECONDS };

/** The platform decides by a hash: half of the entities are owned, and a quarter of the questions fail. */
function owning(user: string, kind: string, id: string): Owning {
  const share =
    createHash("md5")
      .update(JSON.stringify([user, kind, id]))
      .digest()
      .readUInt8(0) % 4;
  return share < 2 ? "owns" : share === 2 ? "not_owner" : "unavailable";
}

const STATUSES = { owns: [204], not_owner: [403, 404], unavailable: [200, 301, 401, 429, 500] } as const;

const platform: typeof globalThis.fetch = async (_, init) => {
  const { user, kind, id } = JSON.parse(String(init?.body));
  const statuses: readonly number[] = STATUSES[owning(user, kind, id)];
  return new Response(null, { status: statuses[id.length % statuses.length] ?? 204 });
};

const openWorld = (form: PublishedForm): AuthWorld => ({
  name: `open mode, ${form} channels`,
  form,
  asked: authFunction(formEnvironment(form), { now }),
  outcomes: ALWAYS,
  attempts: (maxChannels) => tokenAttempts(JWT_SECRET, maxChannels),
  headersOf: (token) => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
  callerOf: () => ({ mode: "open" }),
});

function jwtWorld(form: PublishedForm, withPlatform: boolean): AuthWorld {
  const ownership = { REALTIME_OWNERSHIP_URL: "https://platform.example", REALTIME_OWNERSHIP_SECRET: "own3rship" };
  const env = { ...jwtEnvironment, ...formEnvironment(form), REALTIME_JWT_SECRET: JWT_SECRET };
  const rules = { secret: JWT_SECRET, ...times, toleranceSeconds: 30, issuer: ISSUER, audience: AUDIENCE };
  return {
    name: `jwt mode, ${form} channels${withPlatform ? ", with ownership" : ""}`,
    form,
    asked: authFunction({ ...env, ...(withPlatform && ownership) }, { now, fetch: platform }),
    outcomes: [
      ...OF_TOKENS,
      ...(withPlatform ? ["not_owner", "ownership_unavailable"] : ["not_granted", "token_without_grants"]),
    ],
    attempts: (maxChannels) => tokenAttempts(JWT_SECRET, maxChannels),
    headersOf: (token) => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    callerOf(token = "") {
      if (token === "") return "missing_credentials";
      const claims = readToken(token, rules);
      if (claims === undefined) return "invalid_token";
      const { channels: grants, user_info: userInfo }: { channels?: unknown; user_info?: unknown } = Object(
        Array.isArray(claims.realtime) ? undefined : claims.realtime,
      );
      const withoutGrants = (claims.realtime ?? undefined) === undefined;
      return { mode: "jwt", sub: claims.sub, grants, withoutGrants, userInfo, ...(withPlatform && { owning }) };
    },
  };
}

function proxyWorld(form: PublishedForm): AuthWorld {
  const env = { ...formEnvironment(form), REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET };
  const rules = { secret: PROXY_SECRET, ...times, toleranceSeconds: 0, maxLifeSeconds: 60 };
  return {
    name: `proxy mode, ${form} channels`,
    form,
    asked: authFunction(env, { now }),
    outcomes: [...OF_TOKENS, "assertion_mismatch"],
    attempts: (maxChannels) => assertionAttempts(PROXY_SECRET, maxChannels),
    headersOf: (token) => (token === undefined ? {} : { "x-realtime-assertion": token }),
    callerOf(token = "") {
      if (token === "") return "missing_credentials";
      const claims = readToken(token, rules);
      if (claims === undefined) return "invalid_token";
      const { sub, socket_id: socketId, channel, user_info: userInfo } = claims;
      if (typeof socketId !== "string") return "invalid_token";
      return { mode: "proxy", sub, socketId, channel, userInfo };
    },
  };
}

export const WORLDS: readonly AuthWorld[] = PUBLISHED_FORMS.flatMap((form) => [
  openWorld(form),
  jwtWorld(form, false),
  jwtWorld(form, true),
  proxyWorld(form),
]);
