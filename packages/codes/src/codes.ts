/** The documentation of one code. Functions use the types only, so no bundle carries these texts. */
export interface CodeDoc {
  /** What happened. */
  readonly meaning: string;
  /** What an operator, a producer or a client does about it. */
  readonly action: string;
}

/** Why the relay rejects a message: it moves the message to the dead-letter queue. */
export const REJECTIONS = {
  invalid_json: {
    meaning: "the body, or what an SNS message carries, is not JSON",
    action: "find the producer by the message's attributes and correct what it sends",
  },
  unknown_envelope: {
    meaning: "the body is JSON, but in no format that the gateway reads",
    action: "send CloudEvents 1.0 or the legacy envelope; see the README",
  },
  unknown_event: {
    meaning: "the event's name belongs to no family of the catalog",
    action: "correct the name, or add its family to the catalog",
  },
  invalid_event: {
    meaning:
      "an id is missing, empty, too long or not a string; with `REALTIME_VALIDATION=strict`, a field does not match its schema",
    action: "correct the field that `detail` names",
  },
  rejected_by_pusher: {
    meaning: "Pusher answered 400 or 413 to this event alone",
    action: "lower `PUSHER_MAX_PAYLOAD_BYTES` if it is above the app's limit; else correct the event",
  },
} as const satisfies Readonly<Record<string, CodeDoc>>;

/** Why Pusher did not take an event for now. */
export const PUBLISH_FAILURES = {
  pusher_unavailable: {
    meaning: "Pusher timed out, reset the connection or answered 5xx",
    action: "look at Pusher's status page; the relay retries the messages later",
  },
  pusher_rate_limited: {
    meaning: "Pusher answered 429",
    action: "lower `GATEWAY_MAX_CONCURRENCY`, or raise the plan of the Pusher app",
  },
  pusher_misconfigured: {
    meaning: "Pusher answered 401, 403 or 404: it does not accept the app",
    action:
      "check `PUSHER_APP_ID`, `PUSHER_KEY`, `PUSHER_SECRET`, `PUSHER_CLUSTER` or `PUSHER_HOST`; in Pusher's dashboard, check that the app is enabled and within its quota",
  },
} as const satisfies Readonly<Record<string, CodeDoc>>;

/** Why a message stays in the queue and is retried later. */
export const FAILURES = {
  ...PUBLISH_FAILURES,
  deadline: {
    meaning: "the invocation's time ended before the call to Pusher began",
    action: "raise the relay's timeout, or make its batches smaller",
  },
  blocked_by_group: {
    meaning: "on a FIFO queue, an earlier message of the same group failed",
    action: "look at the code of the earlier message",
  },
  internal_error: {
    meaning: "a bug in the gateway",
    action: "search the log for `internal_error`; the log record names the error",
  },
} as const satisfies Readonly<Record<string, CodeDoc>>;

/** The problems of the HTTP functions (RFC 9457), each with its status. */
export const HTTP_PROBLEMS = {
  invalid_json: { status: 400, meaning: "the body is not JSON", action: "send valid JSON" },
  invalid_body: {
    status: 400,
    meaning: "a field of the body is missing, duplicate or of the wrong type",
    action: "correct the field that `detail` names",
  },
  invalid_socket_id: {
    status: 400,
    meaning: "`socket_id` is not one of Pusher's",
    action: "send the `socket_id` of the connection, as pusher-js does",
  },
  too_many_channels: {
    status: 400,
    meaning: "one request names more than 100 channels",
    action: "split the request",
  },
  missing_credentials: {
    status: 401,
    meaning: "the request carries no token or assertion",
    action: "send `Authorization: Bearer`, or in `proxy` mode the assertion header",
  },
  invalid_token: {
    status: 401,
    meaning: "the token or assertion does not verify",
    action: "get a new token; if new ones fail too, compare issuer, audience, algorithm and key with the settings",
  },
  assertion_mismatch: {
    status: 403,
    meaning: "the assertion is for another connection or other channels",
    action: "sign an assertion for this `socket_id` and this channel",
  },
  user_id_too_long: {
    status: 403,
    meaning: "the user's id passes Pusher's 128 characters",
    action: "use a shorter id",
  },
  user_id_invalid: {
    status: 403,
    meaning: "the user's id is empty or not well-formed Unicode",
    action: "correct the id in the token",
  },
  user_info_too_large: {
    status: 403,
    meaning: "the user's info passes Pusher's limit",
    action: "put less into `user_info`",
  },
  users_unknown: {
    status: 403,
    meaning: "sign-in needs users, and `REALTIME_AUTH_MODE=open` has none",
    action: "use `jwt` or `proxy` mode",
  },
  channel_not_allowed: {
    status: 403,
    meaning: "the name is no channel of the gateway, or has another form than events are published in",
    action: "build the name as the table of channels shows",
  },
  not_granted: {
    status: 403,
    meaning: "no grant of the token opens the channel",
    action: "add a grant to the token, or set `REALTIME_OWNERSHIP_URL`",
  },
  not_owner: {
    status: 403,
    meaning: "the platform denied the channel to this user",
    action: "check who owns the entity on the platform",
  },
  missing_signature: { status: 401, meaning: "the webhook has no signature", action: "send it from Pusher" },
  unknown_key: {
    status: 401,
    meaning: "the webhook is signed for another app",
    action: "compare `PUSHER_KEY` with the app that sends the webhook",
  },
  invalid_signature: {
    status: 401,
    meaning: "the webhook's signature does not verify",
    action: "compare `PUSHER_SECRET` with the app's secret",
  },
  invalid_webhook: { status: 401, meaning: "the webhook's body has another shape than Pusher's", action: "report it" },
  stale_webhook: {
    status: 401,
    meaning: "the webhook is older or newer than five minutes",
    action: "compare the clocks; a repeated webhook is an attack",
  },
  not_found: { status: 404, meaning: "there is no such route", action: "compare the path with the table of routes" },
  method_not_allowed: {
    status: 405,
    meaning: "the route has another method",
    action: "use the method in the `allow` header",
  },
  body_too_large: { status: 413, meaning: "the body passes the route's limit", action: "send less" },
  unsupported_media_type: {
    status: 415,
    meaning: "the body is neither JSON nor a form, not UTF-8, or compressed",
    action: "send `application/json` or `application/x-www-form-urlencoded` in UTF-8",
  },
  internal_error: {
    status: 500,
    meaning: "a bug in the gateway",
    action: "search the log for the `request_id` of the answer",
  },
  jwks_unavailable: {
    status: 503,
    meaning: "the issuer's key endpoint does not answer",
    action: "check `REALTIME_JWT_JWKS_URL`; clients retry later",
  },
  ownership_unavailable: {
    status: 503,
    meaning: "the platform does not answer ownership questions",
    action: "check `REALTIME_OWNERSHIP_URL`; clients retry later",
  },
  queue_unavailable: {
    status: 503,
    meaning: "the webhook queue did not accept the events",
    action: "check `REALTIME_WEBHOOK_QUEUE_URL`; Pusher sends the webhook again",
  },
} as const satisfies Readonly<Record<string, CodeDoc & { readonly status: number }>>;

export type RejectionCode = keyof typeof REJECTIONS;
export type PublishFailureCode = keyof typeof PUBLISH_FAILURES | "rejected_by_pusher";
export type FailureCode = RejectionCode | keyof typeof FAILURES;
export type HttpCode = keyof typeof HTTP_PROBLEMS;
