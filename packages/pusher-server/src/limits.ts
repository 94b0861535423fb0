// What Pusher allows. Each number names the page of its documentation (pusher.com/docs/channels/…) it comes from.

/** using_channels/channels: characters of a channel name, prefix included. */
export const CHANNEL_NAME_MAX_CHARACTERS = 164;
/** Server libraries refuse longer event names before sending them; the API does the same. */
export const EVENT_NAME_MAX_CHARACTERS = 200;
/** library_auth_reference/rest-api: "limited to 10KB", counted on the `data` string; above it the answer is 413. */
export const EVENT_DATA_MAX_BYTES = 10_240;
/** library_auth_reference/rest-api: channels of one trigger. */
export const CHANNELS_PER_TRIGGER = 100;
/** library_auth_reference/rest-api: events of one batch on the shared clusters. */
export const EVENTS_PER_BATCH = 10;
/** library_auth_reference/rest-api: how far `auth_timestamp` may be from the server's time. */
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
/** using_channels/cache-channels: how long the last event of a cache channel is remembered. */
export const CACHE_TTL_MS = 30 * 60 * 1_000;
/** library_auth_reference/pusher-websockets-protocol: recommended silence before a ping. */
export const ACTIVITY_TIMEOUT_SECONDS = 120;
/** library_auth_reference/pusher-websockets-protocol: recommended wait for the pong. */
export const PONG_TIMEOUT_SECONDS = 30;
/** library_auth_reference/pusher-websockets-protocol, 4202: clients that cannot be pinged are closed after 24 hours. */
export const INACTIVITY_TIMEOUT_SECONDS = 24 * 60 * 60;
/** server_api/webhooks: retries of a failed delivery go on for five minutes. */
export const WEBHOOK_RETRY_FOR_MS = 5 * 60 * 1_000;
/** Support, "Channels Webhook Timeouts and Retries": a receiver must answer within four seconds. */
export const WEBHOOK_TIMEOUT_MS = 4_000;
/** Support, "Batch Size and Batch Window": a batch is sent after 250 ms or with its twentieth event. */
export const WEBHOOK_BATCH_MS = 250;
export const WEBHOOK_BATCH_EVENTS = 20;
/** Support, "Why Is My Server Not Receiving Webhooks": who is back within three seconds never left. */
export const WEBHOOK_DEPARTURE_DELAY_MS = 3_000;

/** Ours: ten events of 10 KB, each byte escaped as `\u00xx`, still fit. */
export const REQUEST_BODY_MAX_BYTES = 1_048_576;
/** Ours: well above any legal frame, so that an oversize client event still gets an answer instead of a hang-up. */
export const FRAME_MAX_BYTES = 131_072;
