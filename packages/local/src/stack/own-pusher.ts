import { PUSHER_APP_VARIABLES, pusherSettings } from "@realtime-gateway/settings";
import type { PusherTarget } from "./pusher-target.ts";

/** The app of a Pusher-compatible server of one's own (Soketi, Sockudo, Reverb), or the reasons why there is none. */
export function ownPusher(env: NodeJS.ProcessEnv): PusherTarget | { readonly faults: readonly string[] } {
  const variables = Object.fromEntries(PUSHER_APP_VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const reading = pusherSettings.read(variables);
  const missing = variables.PUSHER_HOST === undefined ? ["PUSHER_HOST is missing"] : [];
  if (!reading.ok || missing.length > 0)
    return { faults: [...new Set([...missing, ...(reading.ok ? [] : reading.faults)])] };
  const { appId, key, host, port, tls } = reading.value.app;
  return {
    appId,
    key,
    host,
    port,
    env: variables,
    client: {
      cluster: variables.PUSHER_CLUSTER ?? "own",
      forceTLS: tls,
      wsHost: host,
      wsPort: port,
      wssPort: port,
    },
    close: async () => undefined,
  };
}
