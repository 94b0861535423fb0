import { type PusherServer, startPusherServer } from "@realtime-gateway/pusher-server";

/** The Pusher app that the functions publish to, and how a `pusher-js` client reaches it. */
export interface PusherTarget {
  readonly appId: string;
  readonly key: string;
  readonly host: string;
  readonly port: number;
  /** Only a local app's: a real one's is never printed. */
  readonly secret?: string;
  /** What the functions are given of it. */
  readonly env: Readonly<Record<string, string>>;
  readonly client: {
    readonly cluster: string;
    readonly forceTLS: boolean;
    readonly wsHost?: string;
    readonly wsPort?: number;
  };
  /** The server, when it is ours. */
  readonly server?: PusherServer;
  close(): Promise<void>;
}

/** The embedded app. Its secret guards nothing but this machine's loopback. */
export const LOCAL_APP = { appId: "1000", key: "local-key", secret: "local-secret" } as const;

export async function startLocalPusher(port: number): Promise<PusherTarget> {
  const server = await startPusherServer({ ...LOCAL_APP, port });
  const { host } = server;
  return {
    ...LOCAL_APP,
    host,
    port: server.port,
    env: {
      PUSHER_APP_ID: LOCAL_APP.appId,
      PUSHER_KEY: LOCAL_APP.key,
      PUSHER_SECRET: LOCAL_APP.secret,
      PUSHER_CLUSTER: "local",
      PUSHER_HOST: host,
      PUSHER_PORT: String(server.port),
      PUSHER_SCHEME: "http",
    },
    client: { cluster: "local", forceTLS: false, wsHost: host, wsPort: server.port },
    server,
    close: () => server.close(),
  };
}

const CLOUD_VARIABLES = ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET", "PUSHER_CLUSTER"] as const;
const TLS_PORT = 443;

/** The real app that an environment holds, or what it lacks. */
export function cloudPusher(env: NodeJS.ProcessEnv): PusherTarget | { readonly missing: readonly string[] } {
  const { PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET, PUSHER_CLUSTER, PUSHER_HOST } = env;
  if (!(PUSHER_APP_ID && PUSHER_KEY && PUSHER_SECRET && PUSHER_CLUSTER) || PUSHER_HOST) {
    const missing = CLOUD_VARIABLES.filter((name) => !env[name]).map((name) => `${name} is not set`);
    return { missing: PUSHER_HOST ? [...missing, "PUSHER_HOST is set, which is for other servers"] : missing };
  }
  return {
    appId: PUSHER_APP_ID,
    key: PUSHER_KEY,
    host: `ws-${PUSHER_CLUSTER}.pusher.com`,
    port: TLS_PORT,
    env: { PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET, PUSHER_CLUSTER },
    client: { cluster: PUSHER_CLUSTER, forceTLS: true },
    close: async () => undefined,
  };
}
