import type Pusher from "pusher";
import { createLibraryClient, type SigningApp } from "./library-client.ts";

/** A member of a presence channel. Pusher allows 128 characters for the id and 1 KB for the info. */
export interface PresenceMember {
  readonly user_id: string;
  readonly user_info?: Readonly<Record<string, unknown>>;
}

/** The user who signs in on a connection. Pusher allows 128 characters for the id. */
export interface SignInUser {
  readonly id: string;
  readonly user_info?: Readonly<Record<string, unknown>>;
}

/** The answer that `pusher.signin()` expects from a user authentication endpoint. */
export interface UserAuthentication {
  readonly auth: string;
  readonly user_data: string;
}

/** The answer that `pusher-js` expects from a channel authorization endpoint. */
export interface ChannelAuthorization {
  readonly auth: string;
  readonly channel_data?: string;
  readonly shared_secret?: string;
}

/** Signs subscriptions and sign-ins for browsers. It sends no request. */
export interface PusherSigner {
  /** Signs a subscription. It checks only the form of the name and the socket id; the caller authorizes first. */
  authorizeChannel(socketId: string, channel: string, member?: PresenceMember): ChannelAuthorization;
  /** Signs a sign-in, so that the user's connections can be closed later. The caller authenticates the user first. */
  authenticateUser(socketId: string, user: SignInUser): UserAuthentication;
}

export const createPusherSigner = (app: SigningApp): PusherSigner => signerOf(createLibraryClient(app));

export const signerOf = (library: Pusher): PusherSigner => ({
  authorizeChannel: (socketId, channel, member) => library.authorizeChannel(socketId, channel, member),
  authenticateUser: (socketId, { id, user_info }) =>
    library.authenticateUser(socketId, { id, ...(user_info && { user_info }) }),
});
