export type { FaultPlan } from "./faults/fault-schedule.ts";
export type { Fault, FaultEffect } from "./faults/fault-schema.ts";
export { parseFault } from "./faults/parse-fault.ts";
export type { RecordedRequest, RequestLog } from "./http/request-log.ts";
export type { PublishedEvent } from "./hub.ts";
export type { PusherServerOptions, WebhookTiming } from "./options.ts";
export type { PusherServer } from "./pusher-server.ts";
export { startPusherServer } from "./pusher-server.ts";
export type { CloseReason } from "./socket/close-reason.ts";
