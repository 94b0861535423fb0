import type { CodeDoc } from "./code-doc.ts";
import { PUBLISH_FAILURES, REJECTIONS } from "./relay-codes.ts";

/** The documentation of one problem (RFC 9457) that the HTTP functions answer with. */
export interface HttpProblemDoc extends CodeDoc {
  readonly status: number;
  /** The functions that answer with it; `all` for every HTTP function. */
  readonly from: "all" | "auth" | "auth, test-event" | "test-event" | "webhook";
}

/** Every problem of the HTTP functions, by status. */
export const HTTP_PROBLEMS = {
  invalid_json: {
    status: 400,
    from: "auth, test-event",
    meaning: "the body is not JSON",
    action: "send valid JSON",
  },
  invalid_body: {
    status: 400,
    from: "auth, test-event",
    meaning: "a field of the body is missing, duplicate or of the wrong type",
    action: "correct the field that `detail` names",
  },
  invalid_socket_id: {
    status: 400,
    from: "auth",
    meaning: "`socket_id` has another form than Pusher's",
    action: "send the `socket_id` of the connection, as pusher-js does",
  },
  too_many_channels: {
    status: 400,
    from: "auth",
    meaning: "one request names more than 100 channels",
    action: "split the request",
  },
  missing_credentials: {
    status: 401,
    from: "auth, test-event",
    meaning: "the request carries no token or assertion",
    action: "send `Authorization: Bearer`, or in `proxy` mode the assertion header",
  },
  invalid_token: {
    status: 401,
    from: "auth, test-event",
    meaning: "the token or assertion does not verify; `check` in the log names the check that failed",
    action: "get a new token; if new ones fail too, run `npm run token -- -`, which names the settings to compare",
  },
  missing_signature: {
    status: 401,
    from: "webhook",
    meaning: "the webhook has no signature",
    action: "enter the address in the webhook settings of the Pusher app; only Pusher can call it",
  },
  unknown_key: {
    status: 401,
    from: "webhook",
    meaning: "another Pusher app signed the webhook",
    action: "compare `PUSHER_KEY` with the key of the app that sends the webhook",
  },
  invalid_signature: {
    status: 401,
    from: "webhook",
    meaning: "the webhook's signature does not verify",
    action: "compare `PUSHER_SECRET` with the app's secret",
  },
  invalid_webhook: {
    status: 401,
    from: "webhook",
    meaning: "the signature is valid, but the body has another form than Pusher documents",
    action: "report it as a bug of the gateway, with the body",
  },
  stale_webhook: {
    status: 401,
    from: "webhook",
    meaning: "the webhook's time is more than five minutes away",
    action: "compare the clocks; if they agree, somebody sent an old webhook again",
  },
  assertion_mismatch: {
    status: 403,
    from: "auth",
    meaning: "the assertion is for another connection or other channels",
    action: "sign an assertion for this `socket_id` and this channel",
  },
  user_id_too_long: {
    status: 403,
    from: "auth",
    meaning: "the user's id is longer than Pusher's 128 characters",
    action: "use a shorter id",
  },
  user_id_invalid: {
    status: 403,
    from: "auth",
    meaning: "the user's id is not well-formed Unicode",
    action: "correct the id in the token",
  },
  user_info_too_large: {
    status: 403,
    from: "auth",
    meaning: "the user's info is larger than Pusher accepts",
    action: "put less into `user_info`",
  },
  users_unknown: {
    status: 403,
    from: "auth",
    meaning: "sign-in needs users, and `REALTIME_AUTH_MODE=open` has none",
    action: "use the mode `jwt` or `proxy`",
  },
  channel_not_allowed: {
    status: 403,
    from: "auth, test-event",
    meaning: "the name is no channel of the gateway, or has another form than the gateway publishes to",
    action: "build the name as the README's table of channels shows",
  },
  not_granted: {
    status: 403,
    from: "auth",
    meaning: "no grant of the token covers the channel",
    action: "add a grant to the token, or set `REALTIME_OWNERSHIP_URL`",
  },
  token_without_grants: {
    status: 403,
    from: "auth",
    meaning: "the token has no claim with grants, and no `REALTIME_OWNERSHIP_URL` decides instead",
    action: "let the issuer write the claim `realtime`, or name the claim it writes in `REALTIME_JWT_GRANTS_CLAIM`",
  },
  not_owner: {
    status: 403,
    from: "auth",
    meaning: "no grant of the token covers the channel, and the platform denied it to this user",
    action: "check on the platform who owns the audit, fiche or job",
  },
  not_found: {
    status: 404,
    from: "all",
    meaning: "the path is no route",
    action: "compare the path with the README's table of routes",
  },
  method_not_allowed: {
    status: 405,
    from: "all",
    meaning: "the route has another method",
    action: "use the method in the `allow` header",
  },
  body_too_large: {
    status: 413,
    from: "all",
    meaning: "the body is larger than the route's limit",
    action: "send a smaller body",
  },
  unsupported_media_type: {
    status: 415,
    from: "all",
    meaning: "the body is in a format that the route does not read, not UTF-8, or compressed",
    action: "send the media type that `detail` names, in UTF-8",
  },
  rejected_by_pusher: { status: 422, from: "test-event", ...REJECTIONS.rejected_by_pusher },
  internal_error: {
    status: 500,
    from: "all",
    meaning: "a bug in the gateway",
    action: "search the function's log for the `request_id` of the answer",
  },
  jwks_unavailable: {
    status: 503,
    from: "auth",
    meaning: "the issuer's key endpoint does not answer",
    action: "check `REALTIME_JWT_JWKS_URL`; clients retry later",
  },
  ownership_unavailable: {
    status: 503,
    from: "auth",
    meaning: "the platform does not answer ownership questions",
    action: "check `REALTIME_OWNERSHIP_URL`; clients retry later",
  },
  pusher_unavailable: {
    status: 503,
    from: "test-event",
    meaning: PUBLISH_FAILURES.pusher_unavailable.meaning,
    action: "look at Pusher's status page, then send the test event again",
  },
  pusher_rate_limited: {
    status: 503,
    from: "test-event",
    meaning: "Pusher answered 429: too many requests",
    action: "send the test event again later, or raise the plan of the Pusher app",
  },
  pusher_misconfigured: { status: 503, from: "test-event", ...PUBLISH_FAILURES.pusher_misconfigured },
  queue_unavailable: {
    status: 503,
    from: "webhook",
    meaning: "the webhook queue did not accept the events",
    action: "check `REALTIME_WEBHOOK_QUEUE_URL`; Pusher sends the webhook again",
  },
} as const satisfies Readonly<Record<string, HttpProblemDoc>>;

export type HttpCode = keyof typeof HTTP_PROBLEMS;
