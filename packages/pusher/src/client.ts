import { type Entry, MAX_BATCH_EVENTS } from "@realtime-gateway/routing";
import Pusher from "pusher";
import type { PusherApp } from "./app.ts";
import { encrypt, isEncrypted } from "./encryption.ts";
import { createTransport } from "./transport.ts";
import { terminatePath } from "./user-path.ts";
import { type Publication, verdict } from "./verdict.ts";

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

export interface PusherClientOptions {
  /** For one whole request, its answer's body included. */
  readonly timeoutMs: number;
  readonly maxConnections?: number;
}

export interface PusherClient {
  /**
   * Publishes one to ten entries in one call; all of them or none. Failures are values; entries are never changed.
   * `timeoutMs` is for this request, where it may not take as long as others.
   */
  publish(entries: readonly Entry[], timeoutMs?: number): Promise<Publication>;
  /** Signs a subscription. Signs whatever it is given a well-formed name and socket id of: who may is the caller's question. */
  authorizeChannel(socketId: string, channel: string, member?: PresenceMember): ChannelAuthorization;
  /** Signs a sign-in: whose connection this is, so that it can be terminated later. Whoever the user is, is the caller's question. */
  authenticateUser(socketId: string, user: SignInUser): UserAuthentication;
  /**
   * Closes every connection that is signed in as this user, so that what they may hear is decided anew when they are back.
   * Pusher does not say how many there were: none is `ok` too. Failures are values; an id of no characters, of more than
   * 128 or of ill-formed Unicode is the caller's bug and throws `RangeError`.
   */
  terminateUserConnections(userId: string, timeoutMs?: number): Promise<Publication>;
  /** Closes idle connections. */
  close(): void;
}

/** Requests in flight at once; more wait for a connection. */
export const DEFAULT_MAX_CONNECTIONS = 16;

/** A client of one Pusher app. `pusher` signs and authorizes; how requests are sent is ours (docs/decisions/001). */
export function createPusherClient(app: PusherApp, options: PusherClientOptions): PusherClient {
  const { appId, key, secret, host, port, tls, encryptionMasterKey } = app;
  const { maxConnections = DEFAULT_MAX_CONNECTIONS } = options;
  const signer = new Pusher({
    appId,
    key,
    secret,
    host,
    ...(encryptionMasterKey && { encryptionMasterKeyBase64: encryptionMasterKey.toString("base64") }),
  });
  const transport = createTransport({ host, port, tls, maxConnections });
  /** Signs the path as it is sent, escapes and all: that is the path the server sees. */
  const post = async (path: string, content: unknown, timeoutMs: number): Promise<Publication> => {
    const body = JSON.stringify(content);
    const query = signer.createSignedQueryString({ method: "POST", path, body });
    return verdict(await transport.post(`${path}?${query}`, body, timeoutMs), Date.now());
  };

  return {
    async publish(entries, timeoutMs = options.timeoutMs) {
      if (entries.length === 0 || entries.length > MAX_BATCH_EVENTS)
        throw new RangeError(`a batch holds 1 to ${MAX_BATCH_EVENTS} entries, not ${entries.length}`);
      const batch = entries.map(({ channel, name, data }) => ({
        channel,
        name,
        data: isEncrypted(channel) ? encrypt(data, channel, required(encryptionMasterKey)) : data,
      }));
      return await post(`/apps/${appId}/batch_events`, { batch }, timeoutMs);
    },
    authorizeChannel: (socketId, channel, member) => signer.authorizeChannel(socketId, channel, member),
    authenticateUser: (socketId, { id, user_info }) =>
      signer.authenticateUser(socketId, { id, ...(user_info && { user_info }) }),
    terminateUserConnections: async (userId, timeoutMs = options.timeoutMs) =>
      await post(terminatePath(appId, userId), {}, timeoutMs),
    close: () => transport.close(),
  };
}

function required(masterKey: Buffer | undefined): Buffer {
  if (masterKey === undefined) throw new Error("an encrypted channel needs PUSHER_ENCRYPTION_MASTER_KEY_BASE64");
  return masterKey;
}
