import { isValidChannelName, traitsOf, userOfChannel } from "./channel-name.ts";
import type { Connection } from "./connection.ts";
import { type JsonObject, stringOf } from "./json.ts";
import { PRESENCE_MAX_MEMBERS } from "./limits.ts";
import { judgeMember, type Member, type MemberVerdict, parseChannelData } from "./member.ts";
import { type Credentials, judgeToken } from "./signature.ts";

/** 4009 where the protocol has it ("Connection is unauthorized"), null where Pusher sends no code. */
export interface Refusal {
  readonly code: 4009 | null;
  readonly message: string;
}

export type SubscriptionVerdict =
  | { readonly channel: string; readonly member: Member | undefined }
  | { readonly refused: Refusal };

type Subscriber = Pick<Connection, "socketId" | "subscriptions" | "user">;

function refuse(code: Refusal["code"], message: string): { readonly refused: Refusal } {
  return { refused: { code, message } };
}

/** Decides whether a client may join a channel, from its `pusher:subscribe` fields and who is there already. */
export function judgeSubscription(
  credentials: Credentials,
  subscriber: Subscriber,
  fields: JsonObject,
  membersOf: (channel: string) => readonly Member[],
): SubscriptionVerdict {
  const channel = stringOf(fields.channel);
  if (channel === undefined || channel === "") return refuse(null, "Subscription needs a channel name");
  if (subscriber.subscriptions.has(channel)) return refuse(null, `Existing subscription to channel ${channel}`);
  const owner = userOfChannel(channel);
  if (owner !== undefined) {
    return owner === subscriber.user?.id
      ? { channel, member: undefined }
      : refuse(4009, `Only the signed-in user may subscribe to ${channel}`);
  }
  if (!isValidChannelName(channel)) return refuse(4009, `Invalid channel name '${channel}'`);
  const { authorized, presence } = traitsOf(channel);
  const complaint = authorized ? judgeAuth(credentials, subscriber, channel, fields) : undefined;
  if (complaint !== undefined) return refuse(4009, complaint);
  if (!presence) return { channel, member: undefined };
  const verdict = judgePresence(subscriber, fields, membersOf(channel));
  return "refusal" in verdict ? refuse(4009, verdict.refusal) : { channel, member: verdict.member };
}

function judgeAuth(
  credentials: Credentials,
  { socketId }: Subscriber,
  channel: string,
  fields: JsonObject,
): string | undefined {
  const auth = stringOf(fields.auth);
  if (auth === undefined || auth === "") return `Auth info required to subscribe to ${channel}`;
  const channelData = stringOf(fields.channel_data);
  const signedText = [socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(":");
  const [key, signature] = auth.split(":");
  switch (judgeToken(credentials, auth, signedText)) {
    case "valid":
      return undefined;
    case "wrong_key":
      return `Invalid key in subscription auth data: '${key}'`;
    case "wrong_signature":
      return `Invalid signature: Expected HMAC SHA256 hex digest of ${signedText}, but got ${signature}`;
  }
}

/** A signed-in user needs no `channel_data`: the sign-in said who they are. */
function judgePresence({ user }: Subscriber, fields: JsonObject, members: readonly Member[]): MemberVerdict {
  const channelData = stringOf(fields.channel_data);
  if (channelData === undefined && user === undefined) {
    return { refusal: "channel_data is required to subscribe to a presence channel" };
  }
  const verdict = channelData === undefined ? judgeMember(user?.id, user?.userInfo) : parseChannelData(channelData);
  if ("refusal" in verdict) return verdict;
  const known = members.some(({ userId }) => userId === verdict.member.userId);
  return known || members.length < PRESENCE_MAX_MEMBERS
    ? verdict
    : { refusal: `The presence channel already has ${PRESENCE_MAX_MEMBERS} members` };
}
