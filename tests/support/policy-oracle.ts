/** A second implementation of the contract's sections 2 and 7. Tests compare the gateway with it, so it shares no code. */

/** The form of the channels that domain events are published to. */
export type PublishedForm = "private" | "public" | "encrypted";

export interface ChannelName {
  readonly form: PublishedForm | "presence";
  readonly kind: string;
  /** The platform's id. `undefined` for channels that belong to no entity. */
  readonly id: string | undefined;
  /** Kind and encoded id, as in a grant of this channel. */
  readonly subject: string;
}

const NAME =
  /^(?<prefix>private-encrypted-|private-|presence-|)(?<subject>global|realtime-test|(?<kind>audit|fiche|job)-(?<id>.+))$/s;
const FORM_OF: Readonly<Record<string, ChannelName["form"]>> = {
  "private-encrypted-": "encrypted",
  "private-": "private",
  "presence-": "presence",
};

/** The parts of a channel's name. `undefined` if the gateway has no such channel. */
export function readChannelName(name: string): ChannelName | undefined {
  if (name.length > 164) return undefined;
  const { prefix = "", subject = "", kind, id: encoded } = NAME.exec(name)?.groups ?? {};
  if (subject === "") return undefined;
  const form = FORM_OF[prefix] ?? "public";
  if (kind === undefined || encoded === undefined)
    return form === "presence" && subject === "realtime-test"
      ? undefined
      : { form, kind: subject, id: undefined, subject };
  const id = decodeId(encoded);
  return id === undefined ? undefined : { form, kind, id, subject };
}

const PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-@,.;";

/** Percent-decoding with another escape character. It accepts the encoder's own spelling only. */
function decodeId(encoded: string): string | undefined {
  let percent = "";
  for (let at = 0; at < encoded.length; at += 1) {
    const character = encoded.charAt(at);
    if (PLAIN.includes(character)) {
      percent += character;
      continue;
    }
    const hex = encoded.slice(at + 1, at + 3);
    if (character !== "=" || !/^[0-9A-F]{2}$/.test(hex)) return undefined;
    if (PLAIN.includes(String.fromCharCode(Number.parseInt(hex, 16)))) return undefined;
    percent += `%${hex}`;
    at += 2;
  }
  try {
    return decodeURIComponent(percent);
  } catch {
    return undefined;
  }
}

export type Owning = "owns" | "not_owner" | "unavailable";

/** The sender of a request with verified credentials. */
export type OracleCaller =
  | { readonly mode: "open" }
  | {
      readonly mode: "jwt";
      readonly sub: string;
      readonly grants: unknown;
      /** The token has no claim with grants. */
      readonly withoutGrants: boolean;
      readonly userInfo?: unknown;
      /** Absent if there is no platform to ask. */
      readonly owning?: (user: string, kind: string, id: string) => Owning;
    }
  | {
      readonly mode: "proxy";
      readonly sub: string;
      readonly socketId: unknown;
      readonly channel: unknown;
      readonly userInfo?: unknown;
    };

export interface AskedSubscription {
  readonly socketId: string;
  readonly channelName: string;
}

/** The codes of every reason against a signature. An empty list requires a signature. */
export function objections(
  caller: OracleCaller,
  { socketId, channelName }: AskedSubscription,
  form: PublishedForm,
): string[] {
  const named = readChannelName(channelName);
  const found = /^[0-9]{1,20}\.[0-9]{1,20}$/.test(socketId) ? [] : ["invalid_socket_id"];
  if (caller.mode === "proxy" && !vouchesFor(caller, socketId, channelName)) found.push("assertion_mismatch");
  if (named === undefined || named.form === "public" || (named.form !== "presence" && named.form !== form))
    return [...found, "channel_not_allowed"];
  if (named.form === "presence" && caller.mode !== "open") found.push(...memberFaults(caller.sub, caller.userInfo));
  if (caller.mode !== "jwt" || named.id === undefined || grants(caller.grants, named)) return found;
  if (caller.owning === undefined) return [...found, caller.withoutGrants ? "token_without_grants" : "not_granted"];
  const owning = caller.owning(caller.sub, named.kind, named.id);
  if (owning === "owns") return found;
  return [...found, owning === "not_owner" ? "not_owner" : "ownership_unavailable"];
}

function vouchesFor(caller: Extract<OracleCaller, { mode: "proxy" }>, socketId: string, channelName: string): boolean {
  const { channel } = caller;
  return (
    caller.socketId === socketId && (Array.isArray(channel) ? channel.includes(channelName) : channel === channelName)
  );
}

function grants(claim: unknown, { kind, subject }: ChannelName): boolean {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return list.some((grant) => grant === "*" || grant === `${kind}-*` || grant === subject);
}

/** Pusher's limits for a presence member. */
function memberFaults(sub: string, userInfo: unknown): string[] {
  const isObject = typeof userInfo === "object" && userInfo !== null && !Array.isArray(userInfo);
  return [
    ...(sub.length > 128 ? ["user_id_too_long"] : []),
    ...(isObject && Buffer.byteLength(JSON.stringify(userInfo)) > 1024 ? ["user_info_too_large"] : []),
  ];
}
