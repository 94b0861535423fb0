import { DEFAULT_MAX_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES } from "@realtime-gateway/routing";
import { OWNERSHIP_CACHE_SECONDS } from "./auth.ts";
import { DEFAULT_METRICS_NAMESPACE } from "./metrics.ts";
import { DEFAULT_PUSHER_TIMEOUT_MS, MIN_PAYLOAD_BYTES } from "./pusher.ts";

/** What the README's table says of a variable. */
export interface SettingDoc {
  readonly meaning: string;
  readonly fallback?: string;
}

/** In a file of its own, as no function needs to carry it. */
export const SETTING_DOCS: Readonly<Record<string, SettingDoc>> = {
  PUSHER_APP_ID: {
    meaning: "the Pusher app's id; server-only",
  },
  PUSHER_KEY: {
    meaning: "the app's key; public",
  },
  PUSHER_SECRET: {
    meaning: "the app's secret; server-only",
  },
  PUSHER_CLUSTER: { meaning: "the app's cluster; required unless `PUSHER_HOST` is set" },
  PUSHER_HOST: { meaning: "a Pusher-compatible server instead of the cluster" },
  PUSHER_PORT: { meaning: "its port", fallback: "`443`, or `80` with `PUSHER_SCHEME=http`" },
  PUSHER_SCHEME: { meaning: "`http` turns TLS off", fallback: "`https`" },
  PUSHER_USE_PRIVATE_CHANNELS: {
    meaning: "`0`: public channels, which anybody may hear",
    fallback: "`1`",
  },
  PUSHER_MAX_PAYLOAD_BYTES: {
    meaning: `a larger payload arrives truncated; ${MIN_PAYLOAD_BYTES} to ${PUSHER_MAX_DATA_BYTES}`,
    fallback: `\`${DEFAULT_MAX_PAYLOAD_BYTES}\``,
  },
  PUSHER_DRY_RUN: {
    meaning: "`1`: publish nothing, log what would be sent",
    fallback: "`0`",
  },
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: {
    meaning: "32 bytes in base64: switches the private channels to encrypted ones",
  },
  REALTIME_PUSHER_TIMEOUT_MS: {
    meaning: "for one request to Pusher, its answer's body included; 100 to 30000",
    fallback: `\`${DEFAULT_PUSHER_TIMEOUT_MS}\``,
  },
  REALTIME_DLQ_URL: {
    meaning: "the dead-letter queue that permanent failures are sent to at once, with their reason",
    fallback: "none: the queue's own redrive takes them",
  },
  REALTIME_VALIDATION: {
    meaning: "`strict` rejects an event that drifted from its schema; `tolerant` delivers it with a warning",
    fallback: "`tolerant`",
  },
  REALTIME_CONFLATE: {
    meaning: "`0`: publish every latest-wins event, also where a newer one waits behind it",
    fallback: "`1`",
  },
  REALTIME_MAX_EVENT_AGE_SECONDS: {
    meaning: "events whose `time` is older are acknowledged unpublished; 1 to 1209600",
    fallback: "off",
  },
  REALTIME_METRICS_NAMESPACE: {
    meaning: "where the metrics are in CloudWatch; a stage that has its own is not added up with others",
    fallback: `\`${DEFAULT_METRICS_NAMESPACE}\``,
  },
  REALTIME_ALLOWED_ORIGINS: {
    meaning: "web pages that may call the HTTP functions (CORS): origins separated by commas, or `*`",
    fallback: "none",
  },
  REALTIME_AUTH_MODE: {
    meaning:
      "who may subscribe; `open`: the naming rules and nothing else, `jwt`: users with a token, `proxy`: whom a trusted server vouches for",
    fallback: "`open`",
  },
  REALTIME_JWT_JWKS_URL: {
    meaning: "`jwt`: where the issuer publishes its keys; this, a public key or a secret",
  },
  REALTIME_JWT_PUBLIC_KEY: {
    meaning: "`jwt`: the issuer's public key, SPKI PEM; line ends may be written `\\n`",
  },
  REALTIME_JWT_SECRET: {
    meaning: "`jwt`: the secret shared with the issuer, 32 bytes or longer; its text as it is, not decoded",
  },
  REALTIME_JWT_ALGORITHMS: {
    meaning: "`jwt`: the algorithms that a token may be signed with, separated by commas",
    fallback: "`RS256,PS256,ES256,EdDSA,Ed25519` for a JWKS, what fits a public key, `HS256` for a secret",
  },
  REALTIME_JWT_ISSUER: {
    meaning: "`jwt`: the `iss` of every token, to the last slash; required",
  },
  REALTIME_JWT_AUDIENCE: {
    meaning: "`jwt`: every token's `aud` holds it; required. One of several, separated by commas, is enough",
  },
  REALTIME_OWNERSHIP_URL: {
    meaning: "`jwt`: the platform's answer to who owns what, asked where no grant matches",
    fallback: "none: no grant, no subscription",
  },
  REALTIME_OWNERSHIP_SECRET: {
    meaning: "`jwt`: signs those questions; required with `REALTIME_OWNERSHIP_URL`",
  },
  REALTIME_OWNERSHIP_CACHE_SECONDS: {
    meaning: `\`jwt\`: how long an answer is believed; 0 to ${OWNERSHIP_CACHE_SECONDS.max}`,
    fallback: `\`${OWNERSHIP_CACHE_SECONDS.byDefault}\``,
  },
  REALTIME_PROXY_SECRET: {
    meaning: "`proxy`: the secret shared with the trusted server, 32 bytes or longer; required",
  },
  REALTIME_USER_INFO_CLAIMS: {
    meaning:
      "`jwt`, `proxy`: claims that other members of a presence channel see beside `user_info`, separated by commas, such as `name,picture`",
    fallback: "none",
  },
  REALTIME_TEST_TOKEN: {
    meaning: "`POST /test` requires it, as `Authorization: Bearer`",
    fallback: "none: anybody may publish test events",
  },
  REALTIME_WEBHOOK_QUEUE_URL: {
    meaning: "an SQS queue that the events of verified webhooks are sent on to, one message each",
    fallback: "none: they become metrics and log records only",
  },
};
