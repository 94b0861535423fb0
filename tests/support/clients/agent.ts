import type { PusherJs, PusherTarget } from "@realtime-gateway/local";
import type { ChannelAuthorizerGenerator } from "pusher-js";
import { createChannels, type Heard, type Outcome } from "./agent-channels.ts";
import { createMailbox } from "./mailbox.ts";

// Runs in Node and, bundled, in a page: it is told what it needs, and imports nothing of either.

export interface AgentOptions {
  readonly key: string;
  readonly client: PusherTarget["client"];
  /** Where subscriptions and sign-ins are authorized. */
  readonly authUrl: string;
  readonly userAuthUrl: string;
  /** Goes out as `Authorization: Bearer`. */
  readonly token?: string;
  /** Channels subscribed to together are asked for together, by the `pusher-js-auth` plugin. */
  readonly batched?: boolean;
}

export type SignIn =
  | { readonly user: { readonly id: string; readonly user_info?: unknown } }
  | { readonly refused: number | undefined };

/** One real `pusher-js` client, wherever it runs. What it takes and answers is JSON. */
export interface Agent {
  /** Resolves with what becomes of it; after a refusal, asks once more. */
  subscribe(channel: string): Promise<Outcome>;
  /** The same of several at once. */
  subscribeAll(channels: readonly string[]): Promise<readonly Outcome[]>;
  /** The next event of a channel that has not been taken yet, joining and leaving members among them. */
  next(channel: string): Promise<Heard>;
  signIn(): Promise<SignIn>;
  /** The next event sent to the user who is signed in. */
  nextOfUser(): Promise<Heard>;
  /** What the next requests for authorization carry. */
  setToken(token: string): Promise<void>;
  /** Resolves once the connection is over for good, with the code it was closed with. */
  ended(): Promise<number | undefined>;
  /** Connects anew; resolves with what becomes of one of the channels that were subscribed to. */
  reconnect(channel: string): Promise<Outcome>;
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
  let refusal: number | undefined;
  pusher.user.bind("pusher:signin_error", ({ status }: { status?: number }) => {
    refusal = status;
  });
  const ended = watchEnd(pusher);

  return {
    subscribe: (channel) => channels.subscribe(channel),
    subscribeAll: (names) => Promise.all(names.map((name) => channels.subscribe(name))),
    next: (channel) => channels.of(channel).heard.take(),
    async signIn() {
      pusher.signin();
      await pusher.user.signinDonePromise;
      if (pusher.user.user_data === null) return { refused: refusal };
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
