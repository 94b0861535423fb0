import { type Entry, isEncrypted, MAX_BATCH_EVENTS } from "@realtime-gateway/routing";
import type { PusherApp } from "./app.ts";
import { createLibraryClient } from "./library-client.ts";
import { type PusherSigner, signerOf } from "./signer.ts";
import { createTransport } from "./transport.ts";
import { terminatePath } from "./user-path.ts";
import { type Publication, verdict } from "./verdict.ts";

export interface PusherClientOptions {
  /** For one whole request, its answer's body included. */
  readonly timeoutMs: number;
  readonly maxConnections?: number;
}

export interface PusherClient extends PusherSigner {
  /**
   * Publishes one to ten entries in one call; all of them or none. Failures are values; entries are never changed.
   * `timeoutMs` is for this request, where it may not take as long as others.
   */
  publish(entries: readonly Entry[], timeoutMs?: number): Promise<Publication>;
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
export const DEFAULT_MAX_CONNECTIONS = 32;

/** A client of one Pusher app. `pusher` signs and authorizes; how requests are sent is ours (docs/decisions/001). */
export function createPusherClient(app: PusherApp, options: PusherClientOptions): PusherClient {
  const { appId, host, port, tls, encryptionMasterKey } = app;
  const { maxConnections = DEFAULT_MAX_CONNECTIONS } = options;
  const library = createLibraryClient(app);
  const transport = createTransport({ host, port, tls, maxConnections });
  // Loaded where there is a key: most apps have none.
  const encryption = encryptionMasterKey && import("./encryption.ts");
  const encrypted = async ({ channel, data }: Entry): Promise<string> => {
    if (!encryptionMasterKey || !encryption)
      throw new Error("an encrypted channel needs PUSHER_ENCRYPTION_MASTER_KEY_BASE64");
    return (await encryption).encrypt(data, channel, encryptionMasterKey);
  };
  /** Signs the path as it is sent, escapes and all: that is the path the server sees. */
  const post = async (path: string, content: unknown, timeoutMs: number): Promise<Publication> => {
    const body = JSON.stringify(content);
    const query = library.createSignedQueryString({ method: "POST", path, body });
    return verdict(await transport.post(`${path}?${query}`, body, timeoutMs), Date.now());
  };

  return {
    ...signerOf(library),
    async publish(entries, timeoutMs = options.timeoutMs) {
      if (entries.length === 0 || entries.length > MAX_BATCH_EVENTS)
        throw new RangeError(`a batch holds 1 to ${MAX_BATCH_EVENTS} entries, not ${entries.length}`);
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
