import type { CliRun } from "./synth/synthesize.ts";

export const DUMMY_32_BYTES = "0123456789abcdef0123456789abcdef";
export const WEBHOOK_QUEUE = "https://sqs.eu-west-1.amazonaws.com/210987654321/presence.fifo";

const app = { PUSHER_KEY: "dummy-key", PUSHER_CLUSTER: "eu" };
/** As SST hands a stage's secrets to the program. */
const secrets = {
  SST_SECRET_PusherAppId: "1000",
  SST_SECRET_PusherSecret: "dummy-secret",
  SST_SECRET_RealtimeTestToken: "dummy-token",
};

/** What is synthesized, once in a run: a stage, and the environment it is deployed with. */
export const STAGES = {
  /** Nothing but what must be said. */
  ci: { stage: "ci", env: { ...app, ...secrets } },
  production: {
    stage: "production",
    env: {
      ...app,
      ...secrets,
      REALTIME_AUTH_MODE: "jwt",
      REALTIME_JWT_JWKS_URL: "https://issuer.example/jwks.json",
      REALTIME_JWT_ISSUER: "https://issuer.example",
      REALTIME_JWT_AUDIENCE: "realtime",
      REALTIME_OWNERSHIP_URL: "https://platform.example/may-see",
      SST_SECRET_RealtimeOwnershipSecret: "dummy-ownership-secret",
      REALTIME_ALLOWED_ORIGINS: "https://app.example",
      GATEWAY_DOCS_URL: "https://git.example/realtime/docs/",
    },
  },
  /** What the others leave alone: FIFO, encryption, a trusted server, a queue for webhooks. */
  other: {
    stage: "other",
    env: {
      ...app,
      ...secrets,
      GATEWAY_FIFO: "1",
      GATEWAY_ENCRYPTED_CHANNELS: "1",
      GATEWAY_BATCH_SIZE: "5",
      REALTIME_AUTH_MODE: "proxy",
      REALTIME_WEBHOOK_QUEUE_URL: WEBHOOK_QUEUE,
      SST_SECRET_PusherEncryptionMasterKeyBase64: Buffer.from(DUMMY_32_BYTES).toString("base64"),
      SST_SECRET_RealtimeProxySecret: DUMMY_32_BYTES,
    },
  },
  /** Production, as it must not be. */
  refused: { stage: "production", env: { ...app, REALTIME_TEST_TOKEN: "left-in-the-shell" } },
} as const satisfies Record<string, { readonly stage: string; readonly env: Readonly<Record<string, string>> }>;

export type StageName = keyof typeof STAGES;

declare module "vitest" {
  interface ProvidedContext {
    readonly stages: Readonly<Record<StageName, CliRun>>;
  }
}
