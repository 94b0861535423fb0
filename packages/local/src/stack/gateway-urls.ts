import type { GatewayUrls } from "../control/types.ts";
import { EVENTS_PATH } from "../send-events/events-route.ts";
import type { PusherTarget } from "./pusher-target.ts";

/** Every address of a stack. `httpUrl` is the HTTP port, `apiUrl` the address in front of the routes. */
export const gatewayUrls = (
  httpUrl: string,
  apiUrl: string,
  { host, port, key, client }: PusherTarget,
): GatewayUrls => ({
  http: httpUrl,
  api: apiUrl,
  auth: `${apiUrl}/auth`,
  userAuth: `${apiUrl}/user-auth`,
  test: `${apiUrl}/test`,
  webhook: `${apiUrl}/webhook`,
  health: `${apiUrl}/health`,
  events: httpUrl + EVENTS_PATH,
  webSocket: `${client.forceTLS ? "wss" : "ws"}://${host}:${port}/app/${key}`,
});
