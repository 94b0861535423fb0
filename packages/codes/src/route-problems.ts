import type { HttpCode } from "./http-codes.ts";

/** The problems of every route with a body. */
const BODY: readonly HttpCode[] = ["body_too_large", "unsupported_media_type"];

/** The problems of reading fields out of a body. */
const FIELDS: readonly HttpCode[] = ["invalid_json", "invalid_body", ...BODY];

/** The problems of a user who is not known, or whose issuer does not answer. */
const USERS: readonly HttpCode[] = [
  "missing_credentials",
  "invalid_token",
  "assertion_mismatch",
  "user_id_too_long",
  "user_id_invalid",
  "user_info_too_large",
  "jwks_unavailable",
];

/**
 * The problems of each route, by its path below the base path. `not_found` and `method_not_allowed` belong to no route: other
 * paths and other methods get them.
 */
export const ROUTE_PROBLEMS = {
  "/auth": [
    ...FIELDS,
    ...USERS,
    "invalid_socket_id",
    "too_many_channels",
    "channel_not_allowed",
    "not_granted",
    "token_without_grants",
    "not_owner",
    "ownership_unavailable",
    "internal_error",
  ],
  "/user-auth": [...FIELDS, ...USERS, "invalid_socket_id", "users_unknown", "internal_error"],
  "/health": ["internal_error"],
  "/test": [
    ...FIELDS,
    "missing_credentials",
    "invalid_token",
    "channel_not_allowed",
    "rejected_by_pusher",
    "pusher_unavailable",
    "pusher_rate_limited",
    "pusher_misconfigured",
    "internal_error",
  ],
  "/webhook": [
    ...BODY,
    "missing_signature",
    "unknown_key",
    "invalid_signature",
    "invalid_webhook",
    "stale_webhook",
    "queue_unavailable",
    "internal_error",
  ],
} as const satisfies Readonly<Record<string, readonly HttpCode[]>>;
