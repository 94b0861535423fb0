/** Pusher's webhook events: https://pusher.com/docs/channels/server_api/webhooks/ */
export const WEBHOOK_EVENTS = [
  "channel_occupied",
  "channel_vacated",
  "member_added",
  "member_removed",
  "client_event",
  "cache_miss",
  "subscription_count",
] as const;

/** The dimension of all other events: CloudWatch bills each value of a dimension. */
export const OTHER_WEBHOOK_EVENTS = "other";
