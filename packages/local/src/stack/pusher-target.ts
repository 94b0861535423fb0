import { DEFAULT_APP, type PusherServer, startPusherServer } from "@realtime-gateway/pusher-server";

/** The Pusher app that the functions publish to, with the options that lead a `pusher-js` client there. */
export interface PusherTarget {
  readonly appId: string;
  readonly key: string;
  readonly host: string;
  readonly port: number;
  /** Present for a local app only. The console prints it, and must never print a real one. */
  readonly secret?: string;
  /** The app's variables for the functions. */
  readonly env: Readonly<Record<string, string>>;
  readonly client: {
    readonly cluster: string;
    readonly forceTLS: boolean;
    readonly wsHost?: string;
    readonly wsPort?: number;
    readonly wssPort?: number;
  };
  /** Present if the app is local. */
  readonly server?: PusherServer;
  close(): Promise<void>;
}

/** The embedded app. Its server listens on the loopback address only, so its secret can be public. */
export const LOCAL_APP = DEFAULT_APP;

export async function startLocalPusher(port: number): Promise<PusherTarget> {
  const server = await startPusherServer({ apps: [LOCAL_APP], port });
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

/** The real app in an environment, or the reasons why there is none. */
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
