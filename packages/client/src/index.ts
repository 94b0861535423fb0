export { createRealtime } from "./create-realtime.ts";
export type * from "./events.ts";
export type { RealtimeProblem } from "./problems.ts";
export type { PusherClass, PusherInstance, PusherOptions } from "./pusher.ts";
export type { ReceivedData, Truncated } from "./received.ts";
export type { Stop } from "./stop.ts";
export type {
  Auth,
  Id,
  Kind,
  Member,
  Meta,
  PresenceChannel,
  RealtimeChannel,
  RealtimeClient,
  RealtimeOptions,
  RefetchOptions,
  Status,
} from "./types.ts";
