import type { CliRun, StageInput } from "./synth/synthesize.ts";

export const DUMMY_32_BYTES = "0123456789abcdef0123456789abcdef";
export const WEBHOOK_QUEUE = "https://sqs.eu-west-1.amazonaws.com/210987654321/presence.fifo";

const app = { PUSHER_KEY: "dummy-key", PUSHER_CLUSTER: "eu" };
const secrets = { PusherAppId: "1000", PusherSecret: "dummy-secret", RealtimeTestToken: "dummy-token" };

/** Each test run synthesizes these stages once. */
export const STAGES = {
  /** The smallest set of settings. */
  ci: { stage: "ci", env: app, secrets },
  production: {
    stage: "production",
    env: {
      ...app,
      REALTIME_AUTH_MODE: "jwt",
      REALTIME_JWT_JWKS_URL: "https://issuer.example/jwks.json",
      REALTIME_JWT_ISSUER: "https://issuer.example,https://old-issuer.example",
      REALTIME_JWT_AUDIENCE: "realtime,web",
      REALTIME_JWT_CLIENT_ID: "web",
      REALTIME_JWT_USER_CLAIM: "oid",
      REALTIME_JWT_GRANTS_CLAIM: "app_metadata.realtime",
      // The issuer moves from a secret to keys.
      REALTIME_JWT_ALGORITHMS: "ES256,HS256",
      REALTIME_OWNERSHIP_URL: "https://platform.example/may-see",
      REALTIME_ALLOWED_ORIGINS: "https://app.example",
      GATEWAY_DOCS_URL: "https://git.example/realtime/docs/",
    },
    secrets: { ...secrets, RealtimeOwnershipSecret: "dummy-ownership-secret", RealtimeJwtSecret: DUMMY_32_BYTES },
  },
  /** The settings that the other stages leave out: FIFO, encryption, a trusted server, a queue for webhooks, a base path. */
  other: {
    stage: "other",
    env: {
      ...app,
      GATEWAY_FIFO: "1",
      GATEWAY_ENCRYPTED_CHANNELS: "1",
      GATEWAY_BATCH_SIZE: "5",
      GATEWAY_MAX_RECEIVES: "5",
      REALTIME_AUTH_MODE: "proxy",
      REALTIME_WEBHOOK_QUEUE_URL: WEBHOOK_QUEUE,
      REALTIME_BASE_PATH: "/realtime/",
    },
    secrets: {
      ...secrets,
      PusherEncryptionMasterKeyBase64: Buffer.from(DUMMY_32_BYTES).toString("base64"),
      RealtimeProxySecret: DUMMY_32_BYTES,
    },
  },
  /** The largest window, and the most receives. */
  patient: {
    stage: "patient",
    env: {
      ...app,
      GATEWAY_BATCH_SIZE: "1000",
      GATEWAY_BATCH_WINDOW_SECONDS: "300",
      GATEWAY_MAX_RECEIVES: "1000",
    },
    secrets,
  },
  /** Production with faulty settings. */
  faulty: {
    stage: "production",
    env: { ...app, REALTIME_TEST_TOKEN: "left-in-the-shell", GATEWAY_MAX_RECEIVES: "4" },
    secrets: {},
  },
} as const satisfies Record<string, StageInput>;

export type StageName = keyof typeof STAGES;

declare module "vitest" {
  interface ProvidedContext {
    readonly stages: Readonly<Record<StageName, CliRun>>;
  }
}
