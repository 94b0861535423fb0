export type { PusherApp } from "./app.ts";
export { clusterHost } from "./app.ts";
export type { ChannelAuthorization, PresenceMember, PusherClient, PusherClientOptions } from "./client.ts";
export { createPusherClient } from "./client.ts";
export type { Publication, PublishFailureCode } from "./verdict.ts";
