export { StartError } from "@realtime-gateway/command-line";
export type { PusherServer, PusherServerOptions } from "@realtime-gateway/pusher-server";
export { startPusherServer } from "@realtime-gateway/pusher-server";
export { ConfigError } from "@realtime-gateway/settings";
export type { Control } from "./control/control.ts";
export type {
  AnyStackFault,
  Arrival,
  ArrivalMatch,
  ArrivalOptions,
  ChannelState,
  DeadLetterFilter,
  EventExplanation,
  EventFlag,
  EventList,
  EventStatus,
  GatewayEvent,
  GatewayFigures,
  GatewayUrls,
  ListedDeadLetter,
  QueueState,
  StackFault,
} from "./control/types.ts";
export type { BatchObservation } from "./event-source/poller.ts";
export { type ConnectedGateway, connectGateway } from "./gateway/connect-gateway.ts";
export { EventNotArrivedError } from "./gateway/event-not-arrived-error.ts";
export type { GatewayAuth, GatewayOptions } from "./gateway/gateway-options.ts";
export { type Gateway, startGateway } from "./gateway/start-gateway.ts";
export { PusherJs } from "./stack/pusher-js.ts";
export type { PusherTarget } from "./stack/pusher-target.ts";
export { cloudPusher, LOCAL_APP, startLocalPusher } from "./stack/pusher-target.ts";
export type { Stack, StackOptions } from "./stack/stack.ts";
export { startStack } from "./stack/stack.ts";
