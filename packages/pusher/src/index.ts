export type { PusherApp } from "./app.ts";
export { clusterHost } from "./app.ts";
export type { Publication, PublishFailure } from "./classify.ts";
export type { PusherClient, PusherClientOptions } from "./client.ts";
export { createPusherClient, DEFAULT_MAX_CONNECTIONS } from "./client.ts";
export type {
  ChannelAuthorization,
  PresenceMember,
  PusherSigner,
  SignInUser,
  UserAuthentication,
} from "./signer.ts";
export { createPusherSigner } from "./signer.ts";
export { complaintAboutUserId, MAX_USER_ID_CHARACTERS } from "./user-path.ts";
