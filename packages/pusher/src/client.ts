import { type Entry, isEncrypted, MAX_BATCH_EVENTS } from "@realtime-gateway/routing";
import type { PusherApp } from "./app.ts";
import { classify, type Publication } from "./classify.ts";
import { createLibraryClient } from "./library-client.ts";
import { type PusherSigner, signerOf } from "./signer.ts";
import { createTransport } from "./transport.ts";
import { terminatePath } from "./user-path.ts";

export interface PusherClientOptions {
  /** The limit for one whole request, with the body of its answer. */
  readonly timeoutMs: number;
  readonly maxConnections?: number;
  /** The system's clock. */
  readonly nowMs?: () => number;
}

export interface PusherClient extends PusherSigner {
  /**
   * Publishes one to ten entries in one call. Pusher accepts all of them or none. A failure is a value. The entries do not
   * change. `timeoutMs` replaces the client's limit for this request.
   */
  publish(entries: readonly Entry[], timeoutMs?: number): Promise<Publication>;
  /**
   * Closes every connection that is signed in as this user. Each subscription is then authorized again when they reconnect.
   * The result is also `ok` for a user without connections, because Pusher does not report their number. A failure is a
   * value. An empty id, an id of more than 128 characters and ill-formed Unicode are bugs of the caller: `RangeError`.
   */
  terminateUserConnections(userId: string, timeoutMs?: number): Promise<Publication>;
  /** Closes idle connections. */
  close(): void;
}

/** The largest number of requests in flight. Further requests queue for a connection. */
export const DEFAULT_MAX_CONNECTIONS = 32;

/** A client of one Pusher app. The `pusher` package signs and authorizes; we send the requests (docs/decisions/001). */
export function createPusherClient(app: PusherApp, options: PusherClientOptions): PusherClient {
  const { appId, host, port, tls, encryptionMasterKey } = app;
  const { maxConnections = DEFAULT_MAX_CONNECTIONS, nowMs = Date.now } = options;
  const library = createLibraryClient(app);
  const transport = createTransport({ host, port, tls, maxConnections, nowMs });
  // Loaded only with a key, because most apps have none.
  const encryption = encryptionMasterKey && import("./encryption.ts");
  const encrypted = async ({ channel, data }: Entry): Promise<string> => {
    if (!encryptionMasterKey || !encryption)
      throw new Error(`${channel} is an encrypted channel. Set PUSHER_ENCRYPTION_MASTER_KEY_BASE64 to publish to it.`);
    return (await encryption).encrypt(data, channel, encryptionMasterKey);
  };
  /** Signs the path with its escapes, because the server sees the path in this form. */
  const post = async (path: string, fields: unknown, timeoutMs: number): Promise<Publication> => {
    const body = JSON.stringify(fields);
    const query = library.createSignedQueryString({ method: "POST", path, body });
    return classify(await transport.post(`${path}?${query}`, body, timeoutMs), nowMs());
  };

  return {
    ...signerOf(library),
    async publish(entries, timeoutMs = options.timeoutMs) {
      if (entries.length === 0 || entries.length > MAX_BATCH_EVENTS)
        throw new RangeError(`a batch must have 1 to ${MAX_BATCH_EVENTS} entries, not ${entries.length}`);
      const batch: Entry[] = [];
      for (const entry of entries) {
        const { channel, name } = entry;
        batch.push({ channel, name, data: isEncrypted(channel) ? await encrypted(entry) : entry.data });
      }
      return await post(`/apps/${appId}/batch_events`, { batch }, timeoutMs);
    },
    terminateUserConnections: async (userId, timeoutMs = options.timeoutMs) =>
      await post(terminatePath(appId, userId), {}, timeoutMs),
    close: () => transport.close(),
  };
}
