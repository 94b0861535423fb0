import type { PusherJs, PusherTarget } from "@realtime-gateway/local";
import type { ChannelAuthorizerGenerator } from "pusher-js";
import { createChannels, type Heard, type SubscriptionOutcome } from "./agent-channels.ts";
import { createMailbox } from "./mailbox.ts";

// It runs in Node and, as a bundle, in a page. So it imports nothing of either and gets everything as arguments.

export interface AgentOptions {
  readonly key: string;
  readonly client: PusherTarget["client"];
  /** The endpoint that authorizes subscriptions. */
  readonly authUrl: string;
  readonly userAuthUrl: string;
  /** Travels as `Authorization: Bearer`. */
  readonly token?: string;
  /** True authorizes simultaneous subscriptions in one request, with the `pusher-js-auth` plugin. */
  readonly batched?: boolean;
}

export type SignIn =
  | { readonly user: { readonly id: string; readonly user_info?: unknown } }
  | { readonly denied: number | undefined };

/** One real `pusher-js` client in Node or in a page. Its arguments and results are JSON. */
export interface Agent {
  /** Resolves with the result. After a denial, it asks once more. */
  subscribe(channel: string): Promise<SubscriptionOutcome>;
  /** Subscribes to several channels at once. */
  subscribeAll(channels: readonly string[]): Promise<readonly SubscriptionOutcome[]>;
  /** Resolves with the next event of a channel. Joining and leaving members are events too. */
  next(channel: string): Promise<Heard>;
  signIn(): Promise<SignIn>;
  /** Resolves with the next event for the signed-in user. */
  nextOfUser(): Promise<Heard>;
  /** Sets the token of the next authorization requests. */
  setToken(token: string): Promise<void>;
  /** Resolves with the close code when the connection has ended without a reconnect. */
  ended(): Promise<number | undefined>;
  /** Reconnects. Resolves with the result of the new subscription to this channel. */
  reconnect(channel: string): Promise<SubscriptionOutcome>;
  close(): Promise<void>;
}

interface ConnectionFault {
  readonly error?: { readonly data?: { readonly code?: number } };
}

export function createAgent(
  Pusher: typeof PusherJs,
  batchAuthorizer: ChannelAuthorizerGenerator,
  { key, client, authUrl, userAuthUrl, token, batched = false }: AgentOptions,
): Agent {
  let headers = bearer(token);
  const headersProvider = () => headers;
  const pusher = new Pusher(key, {
    ...client,
    enabledTransports: ["ws"],
    userAuthentication: { transport: "ajax", endpoint: userAuthUrl, headersProvider },
    ...(batched
      ? { authorizer: batchAuthorizer, authEndpoint: authUrl, auth: { headers } }
      : { channelAuthorization: { transport: "ajax", endpoint: authUrl, headersProvider } }),
  });
  const channels = createChannels(pusher);
  const userEvents = createMailbox<Heard>();
  pusher.user.bind_global((event: string, data: unknown) => userEvents.put({ event, data }));
  let denial: number | undefined;
  pusher.user.bind("pusher:signin_error", ({ status }: { status?: number }) => {
    denial = status;
  });
  const ended = watchEnd(pusher);

  return {
    subscribe: (channel) => channels.subscribe(channel),
    subscribeAll: (names) => Promise.all(names.map((name) => channels.subscribe(name))),
    next: (channel) => channels.of(channel).heard.take(),
    async signIn() {
      pusher.signin();
      await pusher.user.signinDonePromise;
      if (pusher.user.user_data === null) return { denied: denial };
      await joined(pusher.user.serverToUserChannel);
      return { user: pusher.user.user_data };
    },
    nextOfUser: userEvents.take,
    async setToken(next) {
      headers = bearer(next);
    },
    ended: () => ended,
    reconnect(channel) {
      pusher.disconnect();
      pusher.connect();
      return channels.of(channel).outcomes.take();
    },
    async close() {
      pusher.disconnect();
    },
  };
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

async function joined(channel: ReturnType<PusherJs["subscribe"]>): Promise<void> {
  if (!channel.subscribed) await new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
}

function watchEnd({ connection }: PusherJs): Promise<number | undefined> {
  let code: number | undefined;
  connection.bind("error", ({ error }: ConnectionFault) => {
    code = error?.data?.code;
  });
  return new Promise((resolve) => connection.bind("disconnected", () => resolve(code)));
}
