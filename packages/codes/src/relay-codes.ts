import type { CodeTable } from "./code-doc.ts";

/** Why the relay rejects a message: it moves the message to the dead-letter queue. */
export const REJECTIONS = {
  invalid_json: {
    meaning: "the body, or the `Message` of an SNS notification, is not JSON",
    action: "find the producer by the message's attributes and correct what it sends",
  },
  unknown_envelope: {
    meaning: "the body is JSON, but in no format that the gateway reads",
    action: "send one of the forms in the README's section Messages",
  },
  unknown_event: {
    meaning: "the event's name belongs to no family of the catalog",
    action: "correct the name, or add its family to the catalog",
  },
  invalid_event: {
    meaning:
      "an id is missing, empty, too long or neither a text nor an integer, or the payload does not fit; with `REALTIME_VALIDATION=strict`, also a field that does not match its schema",
    action: "correct the field that `detail` names",
  },
  rejected_by_pusher: {
    meaning: "Pusher answered 400, 413 or 422 to this event alone, or 403 while it accepted others",
    action:
      "read Pusher's answer in `detail`; lower `PUSHER_MAX_PAYLOAD_BYTES` if it is above the app's limit; else correct the event",
  },
} as const satisfies CodeTable;

/** Why Pusher did not accept an event this time. */
export const PUBLISH_FAILURES = {
  pusher_unavailable: {
    meaning: "Pusher timed out, reset the connection, answered 5xx, or gave another answer that has no code of its own",
    action: "look at Pusher's status page; the relay retries the messages later",
  },
  pusher_rate_limited: {
    meaning: "Pusher answered 429, and retries did not help",
    action: "lower `GATEWAY_MAX_CONCURRENCY`, or raise the plan of the Pusher app",
  },
  pusher_misconfigured: {
    meaning:
      "no event is published. Pusher does not accept the app (401, 403, 404), another server answers (301, 302, 307, 308, 405), or the host name does not exist (`ENOTFOUND`)",
    action:
      "read Pusher's answer in `detail`; check `PUSHER_APP_ID`, `PUSHER_KEY`, `PUSHER_SECRET`, `PUSHER_CLUSTER` or `PUSHER_HOST`, `PUSHER_PORT` and `PUSHER_SCHEME`; in Pusher's dashboard, check that the app is enabled and within its quota",
  },
} as const satisfies CodeTable;

/** Why a message remains in the queue. The relay retries it later. */
export const FAILURES = {
  ...PUBLISH_FAILURES,
  deadline: {
    meaning: "the invocation's time ended before the call to Pusher began",
    action: "lower `GATEWAY_BATCH_SIZE`",
  },
  blocked_by_group: {
    meaning: "on a FIFO queue, an earlier message of the same group failed",
    action: "look at the code of the earlier message",
  },
  internal_error: {
    meaning: "a bug in the gateway",
    action: "search the relay's log for `internal_error`: the log record names the error",
  },
} as const satisfies CodeTable;

export type RejectionCode = keyof typeof REJECTIONS;
export type PublishFailureCode = keyof typeof PUBLISH_FAILURES | "rejected_by_pusher";
export type FailureCode = RejectionCode | keyof typeof FAILURES;
