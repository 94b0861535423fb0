import type Pusher from "pusher";
import type { PusherApp } from "./app.ts";
import { createLibraryClient } from "./library-client.ts";

/** Who somebody is on a presence channel: id at most 128 characters, info at most 1 KB (Pusher's limits). */
export interface PresenceMember {
  readonly user_id: string;
  readonly user_info?: Readonly<Record<string, unknown>>;
}

/** Who signs in on a connection: id at most 128 characters. */
export interface SignInUser {
  readonly id: string;
  readonly user_info?: Readonly<Record<string, unknown>>;
}

/** What `pusher.signin()` expects of a user authentication endpoint. */
export interface UserAuthentication {
  readonly auth: string;
  readonly user_data: string;
}

/** What `pusher-js` expects of an authorization endpoint. */
export interface ChannelAuthorization {
  readonly auth: string;
  readonly channel_data?: string;
  readonly shared_secret?: string;
}

/** Signs subscriptions and sign-ins for browsers; calls nobody. */
export interface PusherSigner {
  /** Signs a subscription. Signs whatever it is given a well-formed name and socket id of: who may is the caller's question. */
  authorizeChannel(socketId: string, channel: string, member?: PresenceMember): ChannelAuthorization;
  /** Signs a sign-in: whose connection this is, so that it can be terminated later. Whoever the user is, is the caller's question. */
  authenticateUser(socketId: string, user: SignInUser): UserAuthentication;
}

export const createPusherSigner = (app: PusherApp): PusherSigner => signerOf(createLibraryClient(app));

export const signerOf = (library: Pusher): PusherSigner => ({
  authorizeChannel: (socketId, channel, member) => library.authorizeChannel(socketId, channel, member),
  authenticateUser: (socketId, { id, user_info }) =>
    library.authenticateUser(socketId, { id, ...(user_info && { user_info }) }),
});
