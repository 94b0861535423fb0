export type { BatchObservation } from "./poller.ts";
export type { PusherServer, PusherServerOptions } from "./pusher-server/index.ts";
export { startPusherServer } from "./pusher-server/index.ts";
export { PusherJs } from "./stack/pusher-js.ts";
export type { PusherTarget } from "./stack/pusher-target.ts";
export { cloudPusher, LOCAL_APP, startLocalPusher } from "./stack/pusher-target.ts";
export type { Stack, StackOptions } from "./stack/stack.ts";
export { startStack } from "./stack/stack.ts";
export { StartError } from "./start-error.ts";
