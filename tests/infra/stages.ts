import type { StageInput } from "./synth/synthesize.ts";

export const DUMMY_32_BYTES = "0123456789abcdef0123456789abcdef";
export const WEBHOOK_QUEUE = "https://sqs.eu-west-1.amazonaws.com/210987654321/presence.fifo";

export const TOPICS = {
  standard: "arn:aws:sns:eu-west-1:210987654321:audits",
  fifo: "arn:aws:sns:eu-west-1:210987654321:audits.fifo",
} as const;
export const RULES = [
  "arn:aws:events:eu-west-1:123456789012:rule/audits",
  "arn:aws:events:eu-west-1:123456789012:rule/platform/audits",
] as const;
export const ACCOUNTS = ["210987654321", "345678901234"] as const;
export const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0f1c2f5e-7d7e-4a8e-9d56-2f7f2c3c1a11";
export const SUBNETS = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] as const;
export const SECURITY_GROUP = "sg-0123456789abcdef0";
export const ALARMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/3d0bd3b2-5c0e-4a6c-9a43-0e3a6f7c2b10";
export const QUEUE_KEY = "arn:aws:kms:eu-west-1:123456789012:key/9a1f3d52-0d7c-4c55-8f0b-1b7c5e0a2d31";
export const LAYER = "arn:aws:lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroJs:10";
const allProducers = { GATEWAY_PRODUCER_RULES: RULES.join(), GATEWAY_PRODUCER_ACCOUNTS: ACCOUNTS.join(", ") };

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
      GATEWAY_PERMISSIONS_BOUNDARY: "arn:aws:iam::123456789012:policy/boundary-realtime-gateway",
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
      REALTIME_WEBHOOK_PREVIOUS_KEY: "previous-key",
      REALTIME_LOG_EVENTS: "1",
      REALTIME_BASE_PATH: "/realtime/",
    },
    secrets: {
      ...secrets,
      PusherEncryptionMasterKeyBase64: Buffer.from(DUMMY_32_BYTES).toString("base64"),
      RealtimeProxySecret: DUMMY_32_BYTES,
      RealtimeWebhookPreviousSecret: "dummy-secret-of-before",
    },
  },
  /** The largest window, and the most receives. The deployer may not read the account. */
  patient: {
    stage: "patient",
    account: undefined,
    env: {
      ...app,
      GATEWAY_BATCH_SIZE: "1000",
      GATEWAY_BATCH_WINDOW_SECONDS: "300",
      GATEWAY_MAX_RECEIVES: "1000",
    },
    secrets,
  },
  /** The smallest stage in another region, where SST has never run. */
  overseas: { stage: "ci", env: app, secrets, region: "us-east-1", firstRun: true },
  /** A stage whose queue is no FIFO queue, in a new account, with the deploy role. */
  changed: {
    stage: "changed",
    env: { ...app, GATEWAY_FIFO: "1", GATEWAY_MAX_CONCURRENCY: "10" },
    secrets,
    account: {
      queueUrls: [
        "https://sqs.eu-west-1.amazonaws.com/123456789012/realtime-gateway-changed-DomainEventsQueue-abcdefgh",
      ],
      concurrency: 10,
      callerArn: "arn:aws:sts::123456789012:assumed-role/deploy-realtime-gateway/GitHubActions",
    },
  },
  homeless: { stage: "ci", env: app, secrets, region: "none" },
  /** A developer's own stage, under `sst dev`. */
  dev: { stage: "ana", env: app, secrets, dev: true },
  /** Every kind of producer on a FIFO queue, a domain whose DNS the operator keeps, and no alarms. */
  producers: {
    stage: "producers",
    env: {
      ...app,
      ...allProducers,
      GATEWAY_FIFO: "1",
      GATEWAY_PRODUCER_TOPICS: TOPICS.fifo,
      GATEWAY_DOMAIN: "realtime.example.com",
      GATEWAY_CERTIFICATE_ARN: CERTIFICATE,
      GATEWAY_ALARMS: "0",
    },
    secrets,
  },
  /** Every kind of producer on a standard queue, a REST API with a web ACL and a domain in Route 53, a VPC, X-Ray, pollers. */
  private: {
    stage: "private",
    env: {
      ...app,
      ...allProducers,
      GATEWAY_PRODUCER_TOPICS: TOPICS.standard,
      GATEWAY_QUEUE_KMS_KEY: QUEUE_KEY,
      GATEWAY_FRONT: "rest-api",
      GATEWAY_DOMAIN: "realtime.example.com",
      GATEWAY_WAF_REQUESTS: "300",
      GATEWAY_VPC_SUBNETS: SUBNETS.join(", "),
      GATEWAY_VPC_SECURITY_GROUPS: SECURITY_GROUP,
      GATEWAY_VPC_FUNCTIONS: "auth, relay",
      GATEWAY_TRACING: "xray",
      GATEWAY_ALARMS_KMS_KEY: ALARMS_KEY,
      GATEWAY_MIN_POLLERS: "3",
      GATEWAY_MAX_POLLERS: "20",
      REALTIME_BASE_PATH: "/realtime",
    },
    secrets,
  },
  /** Function URLs, a Pusher server of one's own, and a layer. */
  urls: {
    stage: "urls",
    env: {
      PUSHER_KEY: "dummy-key",
      PUSHER_HOST: "sockudo.example.com",
      PUSHER_PORT: "6001",
      GATEWAY_FRONT: "function-url",
      GATEWAY_LAYERS: LAYER,
      GATEWAY_LAYER_WRAPPER: "/opt/otel-instrument",
    },
    secrets,
  },
  /** Production with faulty settings, under `sst dev`. */
  faulty: {
    stage: "production",
    env: { ...app, REALTIME_TEST_TOKEN: "left-in-the-shell", GATEWAY_MAX_RECEIVES: "4" },
    secrets: {},
    dev: true,
  },
} as const satisfies Record<string, StageInput>;

export type StageName = keyof typeof STAGES;
