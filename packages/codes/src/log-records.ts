/** The documentation of one kind of log record; its `message` is the name. */
export interface LogRecordDoc {
  readonly level: "info" | "warn" | "error";
  /** The fields, and why a function writes it. */
  readonly meaning: string;
}

/** Every log record of the functions. Alarms, filters and saved queries use these names. */
export const LOG_RECORDS = {
  relay_batch: { level: "info", meaning: "one invocation of the relay; its fields are in the table above" },
  message_outcome: {
    level: "info",
    meaning: "one message, with `REALTIME_LOG_EVENTS=1` or `REALTIME_TRACE=1`; its fields are in the example above",
  },
  payload_truncated: {
    level: "warn",
    meaning:
      "event, channels, bytes, limit, event id, message id: the payload was too large, so the gateway published a truncated one",
  },
  payload_drifted: {
    level: "warn",
    meaning:
      "event, mismatches, event id, message id: a producer and the catalog differ. Each mismatch has the path of a field, what the schema expects, and the type that came",
  },
  unlisted_event: {
    level: "warn",
    meaning:
      "event, nearest, event id, message id: the family of the name is known, but the catalog does not list the name. The gateway publishes the event. `nearest` is the listed name that it may mean. Each invocation logs a name once",
  },
  message_dead_lettered: {
    level: "warn",
    meaning:
      "code, detail, event, event id, message id, receive count: the relay moved the message to the dead-letter queue",
  },
  message_failed: {
    level: "error",
    meaning:
      "the same fields: the dead-letter queue did not accept the message; `dead_letter_error` is the reason, such as `deadline` or the name of the SDK's error",
  },
  messages_kept: {
    level: "warn",
    meaning:
      "code, detail, number of messages, the ids of the first ten: they failed, and the relay retries them later",
  },
  pusher_misconfigured: {
    level: "error",
    meaning: "the same fields; `check` lists the settings to check. The relay retries the messages later",
  },
  internal_error: {
    level: "error",
    meaning: "a bug: the name of the error, and the message, the event or the request that it concerns",
  },
  dry_run: { level: "info", meaning: "event, channel, bytes: `PUSHER_DRY_RUN=1`, so the gateway did not publish it" },
  http_problem: {
    level: "warn",
    meaning:
      "code, status, detail: an HTTP function answered with this 4xx; for `not_found` also the path. If Pusher rejected a test event, `detail` has Pusher's own words; the client gets the status alone. Denied subscriptions and webhooks have log records of their own",
  },
  http_failure: {
    level: "error",
    meaning: "the same fields: an HTTP function answered with this 5xx, because a service that it calls failed",
  },
  not_a_request: {
    level: "error",
    meaning:
      "detail, event source: something other than an HTTP front invoked an HTTP function; the invocation fails. Remove that trigger",
  },
  auth_denied: {
    level: "warn",
    meaning:
      "code, status, kind of channel, count, and for a token `check`, the check that failed: auth denied subscriptions. Many at once are an attack, an expired key, or a client that does not refresh its token",
  },
  auth_unavailable: {
    level: "error",
    meaning:
      "code, reason: `jwks_unavailable` for the issuer's keys, `ownership_unavailable` for the platform; clients get 503",
  },
  jwks_stale: {
    level: "warn",
    meaning:
      "reason, age_seconds: the issuer's key endpoint does not answer, so auth uses its last keys, for up to an hour. The metric `JwksStale` counts these",
  },
  public_channels: {
    level: "warn",
    meaning:
      "auth authenticates users, but `PUSHER_USE_PRIVATE_CHANNELS=0` publishes every event on channels that everyone can read",
  },
  no_allowed_origin: {
    level: "warn",
    meaning: "auth runs in `jwt` mode without `REALTIME_ALLOWED_ORIGINS`, so no page of another origin can subscribe",
  },
  webhook_event: {
    level: "info",
    meaning: "event, channel of a verified webhook; the metric `WebhookEvents` with the dimension `event` counts them",
  },
  webhook_not_queued: {
    level: "error",
    meaning:
      "`REALTIME_WEBHOOK_QUEUE_URL` did not accept all events of a webhook; Pusher got 503 and sends the webhook again",
  },
  webhook_refused: {
    level: "warn",
    meaning: "code: the webhook failed its verification. A secret changed on one side, or somebody forged the webhook",
  },
} as const satisfies Readonly<Record<string, LogRecordDoc>>;

export type LogRecordName = keyof typeof LOG_RECORDS;
