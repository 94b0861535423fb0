export { StartError } from "@realtime-gateway/command-line";
export type { PusherServer, PusherServerOptions } from "@realtime-gateway/pusher-server";
export { startPusherServer } from "@realtime-gateway/pusher-server";
export type { BatchObservation } from "./event-source/poller.ts";
export { PusherJs } from "./stack/pusher-js.ts";
export type { PusherTarget } from "./stack/pusher-target.ts";
export { cloudPusher, LOCAL_APP, startLocalPusher } from "./stack/pusher-target.ts";
export type { Stack, StackOptions } from "./stack/stack.ts";
export { startStack } from "./stack/stack.ts";
