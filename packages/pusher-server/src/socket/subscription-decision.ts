import { isValidChannelName, traitsOf, userOfChannel } from "../channels/channel-name.ts";
import { type ChannelMember, type ParsedMember, parseChannelData, parseMember } from "../channels/member.ts";
import { stringOf, type UncheckedFields } from "../json.ts";
import { PRESENCE_MAX_MEMBERS } from "../limits.ts";
import { type AppCredentials, checkToken } from "../signature.ts";
import type { Connection } from "./connection.ts";

export type SubscriptionDecision =
  | { readonly channel: string; readonly member: ChannelMember | undefined }
  | { readonly denied: string };

type Subscriber = Pick<Connection, "socketId" | "subscriptions" | "user">;

const deny = (message: string): { readonly denied: string } => ({ denied: message });

/** Authorizes or denies a subscription, by the fields of `pusher:subscribe` and the members of the channel. */
export function decideSubscription(
  credentials: AppCredentials,
  subscriber: Subscriber,
  fields: UncheckedFields,
  membersOf: (channel: string) => readonly ChannelMember[],
): SubscriptionDecision {
  const channel = stringOf(fields.channel);
  if (channel === undefined || channel === "") return deny("Subscription needs a channel name");
  if (subscriber.subscriptions.has(channel)) return deny(`Existing subscription to channel ${channel}`);
  const owner = userOfChannel(channel);
  if (owner !== undefined) {
    return owner === subscriber.user?.id
      ? { channel, member: undefined }
      : deny(`Only the signed-in user may subscribe to ${channel}`);
  }
  if (!isValidChannelName(channel)) return deny(`Invalid channel name '${channel}'`);
  const { authorized, presence } = traitsOf(channel);
  const complaint = authorized ? complaintAboutAuth(credentials, subscriber, channel, fields) : undefined;
  if (complaint !== undefined) return deny(complaint);
  if (!presence) return { channel, member: undefined };
  const parsed = decidePresence(subscriber, fields, membersOf(channel));
  return "denial" in parsed ? deny(parsed.denial) : { channel, member: parsed.member };
}

function complaintAboutAuth(
  credentials: AppCredentials,
  { socketId }: Subscriber,
  channel: string,
  fields: UncheckedFields,
): string | undefined {
  const auth = stringOf(fields.auth);
  if (auth === undefined || auth === "") return `Auth info required to subscribe to ${channel}`;
  const channelData = stringOf(fields.channel_data);
  const signedText = [socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(":");
  const [key, signature, ...rest] = auth.split(":");
  if (signature === undefined || rest.length > 0) {
    return `Auth value for subscription to ${channel} is invalid: should be of format 'key:signature'`;
  }
  switch (checkToken(credentials, auth, signedText)) {
    case "valid":
      return undefined;
    case "wrong_key":
      return `Invalid key in subscription auth data: '${key}'`;
    case "wrong_signature":
      return `Invalid signature: Expected HMAC SHA256 hex digest of ${signedText}, but got ${signature}`;
  }
}

/** A signed-in user needs no `channel_data`, because the sign-in named the user. */
function decidePresence(
  { user }: Subscriber,
  fields: UncheckedFields,
  members: readonly ChannelMember[],
): ParsedMember {
  const channelData = stringOf(fields.channel_data);
  if (channelData === undefined && user === undefined) {
    return { denial: "channel_data is required to subscribe to a presence channel" };
  }
  const parsed = channelData === undefined ? parseMember(user?.id, user?.userInfo) : parseChannelData(channelData);
  if ("denial" in parsed) return parsed;
  const known = members.some(({ userId }) => userId === parsed.member.userId);
  return known || members.length < PRESENCE_MAX_MEMBERS
    ? parsed
    : { denial: `The presence channel already has ${PRESENCE_MAX_MEMBERS} members` };
}
