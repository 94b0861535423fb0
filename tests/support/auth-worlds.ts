import { createHash } from "node:crypto";
import type * as fc from "fast-check";
import Pusher from "pusher";
import { type Attempt, assertionAttempts, tokenAttempts } from "./arbitrary-subscriptions.ts";
import { type AuthFunction, authFunction } from "./auth-function.ts";
import { leastEnvironment } from "./environment.ts";
import { jwtEnvironment } from "./key-sources.ts";
import { formEnvironment, PUBLISHED_FORMS } from "./matrix-channels.ts";
import { NOW_SECONDS } from "./matrix-tokens.ts";
import { type Caller, type Owning, objections, type PublishedForm, type Subscription } from "./policy-oracle.ts";
import { readToken } from "./token-oracle.ts";
import { AUDIENCE, ISSUER, JWT_SECRET, PROXY_SECRET } from "./tokens.ts";

/** One way to set the gateway up, and what the contract says of it. */
export interface World {
  readonly name: string;
  readonly form: PublishedForm;
  readonly asked: AuthFunction;
  /** What must have been seen of it in a thorough test. */
  readonly outcomes: readonly string[];
  attempts(maxChannels: number): fc.Arbitrary<Attempt>;
  headersOf(token: string | undefined): Readonly<Record<string, string>>;
  /** Who asks; or the code of what is wrong with the token. */
  callerOf(token: string | undefined): Caller | string;
}

/** All that speaks against a signature, whatever the gateway looks at first. */
export function dueObjections(world: World, token: string | undefined, asked: Subscription): readonly string[] {
  const caller = world.callerOf(token);
  return typeof caller === "string" ? [caller] : objections(caller, asked, world.form);
}

/** Pusher's own signer, with the gateway's app. */
const signerOf = (form: PublishedForm): Pusher => {
  const { PUSHER_APP_ID: appId, PUSHER_KEY: key, PUSHER_SECRET: secret, PUSHER_CLUSTER: cluster } = leastEnvironment;
  const { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: masterKey } = formEnvironment(form);
  return new Pusher({ appId, key, secret, cluster, ...(masterKey && { encryptionMasterKeyBase64: masterKey }) });
};
const SIGNERS = { private: signerOf("private"), public: signerOf("public"), encrypted: signerOf("encrypted") };

/** What the real `pusher` answers a caller who may subscribe. */
export function dueAnswer(world: World, token: string | undefined, { socketId, channelName }: Subscription) {
  const caller = world.callerOf(token);
  if (typeof caller === "string") throw new Error(`nobody is due an answer with ${caller}`);
  const member = channelName.startsWith("presence-") ? memberOf(caller, socketId) : undefined;
  return SIGNERS[world.form].authorizeChannel(socketId, channelName, member);
}

function memberOf(caller: Caller, socketId: string): Pusher.PresenceChannelData {
  if (caller.mode === "open") return { user_id: `anonymous-${socketId}` };
  const { sub, userInfo } = caller;
  const isObject = typeof userInfo === "object" && userInfo !== null && !Array.isArray(userInfo);
  return { user_id: sub, ...(isObject && { user_info: { ...userInfo } }) };
}

const now = (): number => NOW_SECONDS * 1000;
const ALWAYS = ["signed", "channel_not_allowed", "invalid_socket_id"];
const OF_TOKENS = [...ALWAYS, "invalid_token", "missing_credentials", "user_id_too_long", "user_info_too_large"];
const times = { nowSeconds: NOW_SECONDS };

/** A platform of strong and arbitrary opinions: half of all is owned, and a quarter of the questions fail. */
function owning(user: string, kind: string, id: string): Owning {
  const opinion =
    createHash("md5")
      .update(JSON.stringify([user, kind, id]))
      .digest()
      .readUInt8(0) % 4;
  return opinion < 2 ? "owns" : opinion === 2 ? "not_owner" : "unavailable";
}

const STATUSES = { owns: [204], not_owner: [403, 404], unavailable: [200, 301, 401, 429, 500] } as const;

const platform: typeof globalThis.fetch = async (_, init) => {
  const { user, kind, id } = JSON.parse(String(init?.body));
  const statuses: readonly number[] = STATUSES[owning(user, kind, id)];
  return new Response(null, { status: statuses[id.length % statuses.length] ?? 204 });
};

const openWorld = (form: PublishedForm): World => ({
  name: `open mode, ${form} channels`,
  form,
  asked: authFunction(formEnvironment(form), { now }),
  outcomes: ALWAYS,
  attempts: (maxChannels) => tokenAttempts(JWT_SECRET, maxChannels),
  headersOf: (token) => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
  callerOf: () => ({ mode: "open" }),
});

function jwtWorld(form: PublishedForm, withPlatform: boolean): World {
  const ownership = { REALTIME_OWNERSHIP_URL: "https://platform.example", REALTIME_OWNERSHIP_SECRET: "own3rship" };
  const env = { ...jwtEnvironment, ...formEnvironment(form), REALTIME_JWT_SECRET: JWT_SECRET };
  const rules = { secret: JWT_SECRET, ...times, toleranceSeconds: 30, issuer: ISSUER, audience: AUDIENCE };
  return {
    name: `jwt mode, ${form} channels${withPlatform ? ", with ownership" : ""}`,
    form,
    asked: authFunction({ ...env, ...(withPlatform && ownership) }, { now, fetch: platform }),
    outcomes: [...OF_TOKENS, ...(withPlatform ? ["not_owner", "ownership_unavailable"] : ["not_granted"])],
    attempts: (maxChannels) => tokenAttempts(JWT_SECRET, maxChannels),
    headersOf: (token) => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    callerOf(token = "") {
      if (token === "") return "missing_credentials";
      const claims = readToken(token, rules);
      if (claims === undefined) return "invalid_token";
      const { channels: grants, user_info: userInfo }: { channels?: unknown; user_info?: unknown } = Object(
        Array.isArray(claims.realtime) ? undefined : claims.realtime,
      );
      return { mode: "jwt", sub: claims.sub, grants, userInfo, ...(withPlatform && { owning }) };
    },
  };
}

function proxyWorld(form: PublishedForm): World {
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

export const WORLDS: readonly World[] = PUBLISHED_FORMS.flatMap((form) => [
  openWorld(form),
  jwtWorld(form, false),
  jwtWorld(form, true),
  proxyWorld(form),
]);
