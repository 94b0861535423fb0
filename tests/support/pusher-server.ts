import { createRequire } from "node:module";
import { type PusherServer, type PusherServerOptions, startPusherServer } from "@realtime-gateway/pusher-server";
import Pusher from "pusher";
import { onTestFinished } from "vitest";

// The types of pusher-js declare a default export. Its CommonJS build has none, and Node loads the class itself.
export const PusherClient: typeof import("pusher-js").default = createRequire(import.meta.url)("pusher-js");

export type Client = InstanceType<typeof PusherClient>;

export const APP = { appId: "42", key: "test-key", secret: "test-secret" };
export const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");

/** Starts a server that closes when the test ends. */
export async function startServer(options: PusherServerOptions = {}): Promise<PusherServer> {
  const server = await startPusherServer({ apps: [APP], ...options });
  onTestFinished(() => server.close());
  return server;
}

export type ServerAddress = Pick<PusherServer, "host" | "port">;

/** The real server library, connected to a server. */
export function apiOf({ host, port }: ServerAddress, credentials: Partial<typeof APP> = {}): Pusher {
  const app = { ...APP, ...credentials };
  return new Pusher({ ...app, host, port: String(port), useTLS: false, encryptionMasterKeyBase64: ENCRYPTION_KEY });
}

export interface ClientIdentity {
  readonly userId?: string;
  readonly userInfo?: object;
  readonly watchlist?: readonly string[];
}

/** The real browser library. It signs its own subscriptions as this user. */
export function clientOf(server: ServerAddress, identity: ClientIdentity = {}, key = APP.key): Client {
  const { userId = "user-1", userInfo, watchlist } = identity;
  const api = apiOf(server);
  const client = new PusherClient(key, {
    cluster: "local",
    wsHost: server.host,
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    enableStats: false,
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId, channelName }, done) =>
        done(null, api.authorizeChannel(socketId, channelName, presenceData(channelName, userId, userInfo))),
    },
    userAuthentication: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId }, done) =>
        done(
          null,
          api.authenticateUser(socketId, { id: userId, user_info: userInfo, watchlist: [...(watchlist ?? [])] }),
        ),
    },
  });
  onTestFinished(() => client.disconnect());
  return client;
}

function presenceData(
  channel: string,
  userId: string,
  userInfo: object | undefined,
): Pusher.PresenceChannelData | undefined {
  if (!channel.startsWith("presence-")) return undefined;
  return { user_id: userId, ...(userInfo !== undefined && { user_info: { ...userInfo } }) };
}

interface Bindable {
  bind(event: string, listener: (data: unknown) => void): unknown;
}

/** Resolves with the data of the next event of this name. */
export function eventOf(source: Bindable, name: string): Promise<unknown> {
  return new Promise((resolve) => source.bind(name, resolve));
}

/** Returns the answer of an authorization endpoint. */
export function authorize(server: ServerAddress, socketId: string, channel: string, userData?: object) {
  const data = userData === undefined ? undefined : { user_id: "", ...userData };
  return apiOf(server).authorizeChannel(socketId, channel, data);
}

export interface ApiCallAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

/** Sends a signed call to the HTTP API. No library checks it first. */
export async function call(
  server: Pick<PusherServer, "url">,
  method: string,
  path: string,
  body?: unknown,
): Promise<ApiCallAnswer> {
  const [pathname = "", query = ""] = `/apps/${APP.appId}${path}`.split("?");
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const params = Object.fromEntries(new URLSearchParams(query));
  const signed = new Pusher({ ...APP, cluster: "local" }).createSignedQueryString({
    method,
    path: pathname,
    params,
    ...(text !== undefined && { body: text }),
  });
  const response = await fetch(`${server.url}${pathname}?${signed}`, {
    method,
    ...(text !== undefined && { body: text }),
  });
  return { status: response.status, contentType: response.headers.get("content-type"), text: await response.text() };
}
