/** No module of this entry imports `jose`, which takes time to load. */
export { claimIn, objectOf } from "./claims.ts";
export type { EntityChannel, Grants } from "./grants.ts";
export { isEntityChannel, listGrants, readGrants } from "./grants.ts";
export type { Audience, Entitlement, NameCheck, RequestedChannel } from "./policy.ts";
export { audienceOf, checkChannelName, entitlementOf, IN_FORM } from "./policy.ts";
export type { TokenFailure } from "./token-failure.ts";
