export type { PusherApp } from "./app.ts";
export { clusterHost } from "./app.ts";
export type {
  ChannelAuthorization,
  PresenceMember,
  PusherClient,
  PusherClientOptions,
  SignInUser,
  UserAuthentication,
} from "./client.ts";
export { createPusherClient, DEFAULT_MAX_CONNECTIONS } from "./client.ts";
export { complaintAboutUserId, MAX_USER_ID_CHARACTERS } from "./user-path.ts";
export type { Publication, PublishFailure, PublishFailureCode } from "./verdict.ts";
