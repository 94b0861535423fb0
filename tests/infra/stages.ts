import type { CliRun } from "./synth/synthesize.ts";

/** A stage, before it is deployed. */
export interface StageToBe {
  readonly stage: string;
  readonly env: Readonly<Record<string, string>>;
  /** Their values, by the names that SST has for them. */
  readonly secrets: Readonly<Record<string, string>>;
}

export const DUMMY_32_BYTES = "0123456789abcdef0123456789abcdef";
export const WEBHOOK_QUEUE = "https://sqs.eu-west-1.amazonaws.com/210987654321/presence.fifo";

const app = { PUSHER_KEY: "dummy-key", PUSHER_CLUSTER: "eu" };
const secrets = { PusherAppId: "1000", PusherSecret: "dummy-secret", RealtimeTestToken: "dummy-token" };

/** What is synthesized, once in a run: a stage, the environment it is deployed with, and its secrets. */
export const STAGES = {
  /** Nothing but what must be said. */
  ci: { stage: "ci", env: app, secrets },
  production: {
    stage: "production",
    env: {
      ...app,
      REALTIME_AUTH_MODE: "jwt",
      REALTIME_JWT_JWKS_URL: "https://issuer.example/jwks.json",
      REALTIME_JWT_ISSUER: "https://issuer.example",
      REALTIME_JWT_AUDIENCE: "realtime",
      REALTIME_OWNERSHIP_URL: "https://platform.example/may-see",
      REALTIME_ALLOWED_ORIGINS: "https://app.example",
      GATEWAY_DOCS_URL: "https://git.example/realtime/docs/",
    },
    secrets: { ...secrets, RealtimeOwnershipSecret: "dummy-ownership-secret" },
  },
  /** What the others leave alone: FIFO, encryption, a trusted server, a queue for webhooks. */
  other: {
    stage: "other",
    env: {
      ...app,
      GATEWAY_FIFO: "1",
      GATEWAY_ENCRYPTED_CHANNELS: "1",
      GATEWAY_BATCH_SIZE: "5",
      REALTIME_AUTH_MODE: "proxy",
      REALTIME_WEBHOOK_QUEUE_URL: WEBHOOK_QUEUE,
    },
    secrets: {
      ...secrets,
      PusherEncryptionMasterKeyBase64: Buffer.from(DUMMY_32_BYTES).toString("base64"),
      RealtimeProxySecret: DUMMY_32_BYTES,
    },
  },
  /** Production, as it must not be. */
  refused: { stage: "production", env: { ...app, REALTIME_TEST_TOKEN: "left-in-the-shell" }, secrets: {} },
} as const satisfies Record<string, StageToBe>;

export type StageName = keyof typeof STAGES;

declare module "vitest" {
  interface ProvidedContext {
    readonly stages: Readonly<Record<StageName, CliRun>>;
  }
}
