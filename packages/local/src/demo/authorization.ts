import { mintAssertion, mintUserToken } from "@realtime-gateway/access/mint";
import { MAX_ASSERTION_SECONDS } from "@realtime-gateway/access/tokens";
import type { PusherOptions } from "@realtime-gateway/client";
import { type ChannelAuthorization, createPusherSigner } from "@realtime-gateway/pusher";
import type { EverySetting } from "@realtime-gateway/settings";
import type { Stack } from "../stack/stack.ts";

/** The way in which the auth function authorizes the demo's subscribers. Without any member, the client asks the auth function without credentials. */
export interface DemoAuthorization {
  /** The token that the client sends to the auth function. */
  readonly getToken?: () => string;
  /** Replaces the client's requests, where a page would ask a server of its own. */
  readonly channelAuthorization?: NonNullable<PusherOptions["channelAuthorization"]>;
  /** The part that the demo cannot play, and the reason. */
  readonly skips?: string;
}

export interface AuthorizationDeps {
  readonly stack: Pick<Stack, "pusher" | "apiUrl">;
  readonly config: Pick<EverySetting, "app" | "auth">;
  /** The channels of the demo, as grants. */
  readonly grants: readonly string[];
}

const USER = "demo";
const TOKEN_SECONDS = 600;

/** The demo plays a user: with the issuer's token in mode `jwt`, behind a trusted server in mode `proxy`. */
export async function authorizationFor(deps: AuthorizationDeps): Promise<DemoAuthorization> {
  const { auth } = deps.config;
  switch (auth.mode) {
    case "open":
      return {};
    case "jwt": {
      const request = { user: USER, grants: deps.grants, lifetimeSeconds: TOKEN_SECONDS };
      const minted = await mintUserToken(auth, request, Date.now());
      return minted.ok ? { getToken: () => minted.token } : withoutAuth(deps, minted.reason);
    }
    case "proxy":
      return answeredBy((socketId, channel) => askAsServer(deps.stack.apiUrl, auth, socketId, channel));
  }
}

/** The app's own signature, in place of the auth function's. */
function withoutAuth({ stack, config }: AuthorizationDeps, reason: string): DemoAuthorization {
  const { PUSHER_SECRET: secret = "" } = stack.pusher.env;
  const { encryptionMasterKey } = config.app;
  const signer = createPusherSigner({
    key: stack.pusher.key,
    secret,
    ...(encryptionMasterKey !== undefined && { encryptionMasterKey }),
  });
  return {
    ...answeredBy(async (socketId, channel) => signer.authorizeChannel(socketId, channel)),
    skips: `the function auth: ${reason}. The demo signs its own subscriptions`,
  };
}

const answeredBy = (
  authorize: (socketId: string, channel: string) => Promise<ChannelAuthorization>,
): DemoAuthorization => ({
  channelAuthorization: {
    customHandler({ socketId, channelName }, answer) {
      authorize(socketId, channelName).then(
        (authorization) => answer(null, authorization),
        (error: Error) => answer(error, null),
      );
    },
  },
});

type ProxySettings = Parameters<typeof mintAssertion>[0];

async function askAsServer(
  apiUrl: string,
  settings: ProxySettings,
  socketId: string,
  channel: string,
): Promise<ChannelAuthorization> {
  const request = { user: USER, socketId, channels: [channel], lifetimeSeconds: MAX_ASSERTION_SECONDS };
  const minted = await mintAssertion(settings, request, Date.now());
  const response = await fetch(`${apiUrl}/auth`, {
    method: "POST",
    headers: { "x-realtime-assertion": minted.ok ? minted.token : "" },
    body: new URLSearchParams({ socket_id: socketId, channel_name: channel }),
  });
  if (!response.ok) throw new Error(`the function auth answered ${response.status}`);
  // The answer of our own function, for pusher-js, which reads it without a check as well.
  return (await response.json()) as ChannelAuthorization;
}
