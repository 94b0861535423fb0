// Limits of Pusher. Each comment names its source: a page below pusher.com/docs/channels, or an article of its support.

/** using_channels/channels: characters of a channel name, prefix included. */
export const CHANNEL_NAME_MAX_CHARACTERS = 164;
/** Pusher's server libraries reject a longer event name before they send it. The API rejects it too. */
export const EVENT_NAME_MAX_CHARACTERS = 200;
/** library_auth_reference/rest-api: the `data` string is "limited to 10KB". A larger one gets a 413. */
export const EVENT_DATA_MAX_BYTES = 10_240;
/** library_auth_reference/rest-api: channels of one trigger. */
export const CHANNELS_PER_TRIGGER = 100;
/** library_auth_reference/rest-api: events of one batch on the shared clusters. */
export const EVENTS_PER_BATCH = 10;
/** library_auth_reference/rest-api: the largest distance of `auth_timestamp` from the server's time. */
export const TIMESTAMP_TOLERANCE_SECONDS = 600;
/** using_channels/presence-channels: members of one presence channel. */
export const PRESENCE_MAX_MEMBERS = 100;
/** using_channels/presence-channels: size of the user object. */
export const PRESENCE_USER_INFO_MAX_BYTES = 1_024;
/** using_channels/presence-channels: length of a user id. */
export const USER_ID_MAX_CHARACTERS = 128;
/** using_channels/events#rate-limit: client events per connection and second. */
export const CLIENT_EVENTS_PER_SECOND = 10;
/** using_channels/watchlist-events: users one user may watch. */
export const WATCHLIST_MAX_USERS = 100;
/** using_channels/cache-channels: the time to live of the last event of a cache channel. */
export const CACHE_TTL_MS = 30 * 60 * 1_000;
/** Blog, "How the Pusher team built subscription counting at scale": larger channels send a count every five seconds. */
export const COUNT_THROTTLE_ABOVE_SUBSCRIBERS = 100;
export const COUNT_INTERVAL_MS = 5_000;
/** library_auth_reference/pusher-websockets-protocol: recommended silence before a ping. */
export const ACTIVITY_TIMEOUT_SECONDS = 120;
/** library_auth_reference/pusher-websockets-protocol: recommended wait for the pong. */
export const PONG_TIMEOUT_SECONDS = 30;
/** library_auth_reference/pusher-websockets-protocol, 4202: clients without ping support are closed after 24 hours. */
export const INACTIVITY_TIMEOUT_SECONDS = 24 * 60 * 60;
/** server_api/webhooks: Pusher retries a failed webhook for five minutes. */
export const WEBHOOK_RETRY_FOR_MS = 5 * 60 * 1_000;
/** Support, "Channels Webhook Timeouts and Retries": a receiver must answer within four seconds. */
export const WEBHOOK_TIMEOUT_MS = 4_000;
/** Support, "Batch Size and Batch Window": a batch is sent after 250 ms or with its twentieth event. */
export const WEBHOOK_BATCH_MS = 250;
export const WEBHOOK_BATCH_EVENTS = 20;
/** Support, "Why Is My Server Not Receiving Webhooks": a return within three seconds cancels the departure. */
export const WEBHOOK_DEPARTURE_DELAY_MS = 3_000;

/** Our choice: a slow receiver must not delay the webhooks after it. */
export const WEBHOOK_PARALLEL_REQUESTS = 10;
/** Our choice: at most about 5 MB of webhooks queue for a receiver that does not answer. */
export const WEBHOOK_QUEUED_REQUESTS = 1_000;
/** Our choice: ten events of 10 KB fit, even with each byte escaped as `\u00xx`. */
export const REQUEST_BODY_MAX_BYTES = 1_048_576;
/** Our choice: far above any legal frame, so that an oversize client event gets an error and not a closed socket. */
export const FRAME_MAX_BYTES = 131_072;
