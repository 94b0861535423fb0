/** The interface of the published package. The repository itself also uses the parts of the stack, in `index.ts`. */
export { StartError } from "@realtime-gateway/command-line";
// Its declarations need no package that a consumer does not install.
export { ConfigError } from "@realtime-gateway/settings/read-config";
export type {
  AnyStackFault,
  Arrival,
  ArrivalMatch,
  ArrivalOptions,
  DeadLetterFilter,
  EventExplanation,
  EventStatus,
  GatewayEvent,
  GatewayUrls,
  ListedDeadLetter,
  StackFault,
} from "./control/types.ts";
export { type ConnectedGateway, connectGateway } from "./gateway/connect-gateway.ts";
export { EventNotArrivedError } from "./gateway/event-not-arrived-error.ts";
export type { GatewayAuth, GatewayOptions } from "./gateway/gateway-options.ts";
export { type Gateway, startGateway } from "./gateway/start-gateway.ts";
