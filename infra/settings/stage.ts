import { createGroup, type Environment, type Reading, type ValuesOf } from "../../packages/settings/src/group.ts";
import { flag, integer, matching, optional, readText } from "../../packages/settings/src/setting.ts";

/** How large a stage is built; what its functions do is said by their own settings. */
export interface StageSettings {
  readonly fifo: boolean;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly maxConcurrency: number;
  readonly relayMemoryMb: number;
  readonly httpMemoryMb: number;
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  readonly logDays: number;
  readonly encryptedChannels: boolean;
  /** Where people read `docs/`; alarms point there. */
  readonly docsUrl: string | undefined;
}

export const PRODUCTION = "production";

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const MAX_BATCH = 10_000;
const MAX_BATCH_WITHOUT_WINDOW = 10;
const MAX_WINDOW_SECONDS = 300;
const CONCURRENCY = { min: 2, max: 1000 } as const;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MEMORY_MB = { min: 128, max: 10_240 } as const;
/** An account's own: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_REQUESTS_PER_SECOND = 10_000;
const MAX_REQUEST_BURST = 5_000;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logDays = readText(
  (text) => LOG_DAYS.some((days) => String(days) === text),
  `must be one of ${LOG_DAYS.join(", ")}`,
  Number,
);

const variables = {
  GATEWAY_FIFO: flag("0"),
  GATEWAY_BATCH_SIZE: integer(1, MAX_BATCH),
  GATEWAY_BATCH_WINDOW_SECONDS: integer(0, MAX_WINDOW_SECONDS),
  GATEWAY_MAX_CONCURRENCY: integer(CONCURRENCY.min, CONCURRENCY.max),
  GATEWAY_RELAY_MEMORY_MB: integer(MEMORY_MB.min, MEMORY_MB.max),
  GATEWAY_HTTP_MEMORY_MB: integer(MEMORY_MB.min, MEMORY_MB.max),
  GATEWAY_REQUESTS_PER_SECOND: integer(1, MAX_REQUESTS_PER_SECOND),
  GATEWAY_REQUEST_BURST: integer(1, MAX_REQUEST_BURST),
  GATEWAY_LOG_DAYS: logDays,
  GATEWAY_ENCRYPTED_CHANNELS: flag("0"),
  GATEWAY_DOCS_URL: optional(matching(/^https:\/\/\S+$/, "must be an https URL")),
};

type Variable = keyof typeof variables;

/** What the table of `docs/deploy.md` says of a variable. */
export const STAGE_DOCS: Readonly<Record<Variable, string>> = {
  GATEWAY_FIFO:
    "`1`: a FIFO queue, which keeps the order of each group; decided once, as another kind is another queue",
  GATEWAY_BATCH_SIZE: `messages of one invocation at most; above ${MAX_BATCH_WITHOUT_WINDOW} only with a window, and not with FIFO`,
  GATEWAY_BATCH_WINDOW_SECONDS: "how long a batch waits to be filled; not with FIFO",
  GATEWAY_MAX_CONCURRENCY: "relays at once at most; each has up to thirty-two requests to Pusher under way",
  GATEWAY_RELAY_MEMORY_MB: "memory of the relay, and its share of a CPU with it",
  GATEWAY_HTTP_MEMORY_MB: "memory of each HTTP function",
  GATEWAY_REQUESTS_PER_SECOND:
    "what the HTTP API lets through of each route; a page that reconnects asks for all its channels at once",
  GATEWAY_REQUEST_BURST: "how many of these may come in the same instant",
  GATEWAY_LOG_DAYS: "how long logs are kept",
  GATEWAY_ENCRYPTED_CHANNELS: "`1`: encrypted channels; needs the secret `PusherEncryptionMasterKeyBase64`",
  GATEWAY_DOCS_URL: "where your people read `docs/`, for the links in the alarms",
};

/** The stages: production, and any other. The deployer's environment may say otherwise. */
export const STAGE_DEFAULTS: Readonly<Record<Variable, readonly [production: string, other: string]>> = {
  GATEWAY_FIFO: ["0", "0"],
  GATEWAY_BATCH_SIZE: ["10", "10"],
  GATEWAY_BATCH_WINDOW_SECONDS: ["0", "0"],
  GATEWAY_MAX_CONCURRENCY: ["10", "2"],
  GATEWAY_RELAY_MEMORY_MB: ["512", "512"],
  GATEWAY_HTTP_MEMORY_MB: ["512", "256"],
  GATEWAY_REQUESTS_PER_SECOND: ["200", "20"],
  GATEWAY_REQUEST_BURST: ["400", "100"],
  GATEWAY_LOG_DAYS: ["90", "7"],
  GATEWAY_ENCRYPTED_CHANNELS: ["0", "0"],
  GATEWAY_DOCS_URL: ["", ""],
};

function contradictions(env: Environment): readonly string[] {
  const batch = Number(env.GATEWAY_BATCH_SIZE);
  const window = Number(env.GATEWAY_BATCH_WINDOW_SECONDS);
  if (env.GATEWAY_FIFO === "1")
    return [
      ...(batch > MAX_BATCH_WITHOUT_WINDOW
        ? [`GATEWAY_FIFO=1 takes ${MAX_BATCH_WITHOUT_WINDOW} for GATEWAY_BATCH_SIZE at most`]
        : []),
      ...(window > 0 ? ["GATEWAY_FIFO=1 takes no GATEWAY_BATCH_WINDOW_SECONDS"] : []),
    ];
  return batch > MAX_BATCH_WITHOUT_WINDOW && window === 0
    ? [`GATEWAY_BATCH_SIZE above ${MAX_BATCH_WITHOUT_WINDOW} needs GATEWAY_BATCH_WINDOW_SECONDS of 1 or more`]
    : [];
}

const shape = (env: ValuesOf<typeof variables>): StageSettings => ({
  fifo: env.GATEWAY_FIFO,
  batchSize: env.GATEWAY_BATCH_SIZE,
  batchWindowSeconds: env.GATEWAY_BATCH_WINDOW_SECONDS,
  maxConcurrency: env.GATEWAY_MAX_CONCURRENCY,
  relayMemoryMb: env.GATEWAY_RELAY_MEMORY_MB,
  httpMemoryMb: env.GATEWAY_HTTP_MEMORY_MB,
  requestsPerSecond: env.GATEWAY_REQUESTS_PER_SECOND,
  requestBurst: env.GATEWAY_REQUEST_BURST,
  logDays: env.GATEWAY_LOG_DAYS,
  encryptedChannels: env.GATEWAY_ENCRYPTED_CHANNELS,
  docsUrl: env.GATEWAY_DOCS_URL,
});

export const stageSettings = createGroup(variables, shape, contradictions);

export const readStage = (env: Environment): Reading<StageSettings> => stageSettings.read(env);

export function withStageDefaults(stage: string, env: Record<string, string>): Record<string, string> {
  const defaults = Object.entries(STAGE_DEFAULTS).map(
    ([name, [production, other]]) => [name, stage === PRODUCTION ? production : other] as const,
  );
  return { ...withoutEmpty(Object.fromEntries(defaults)), ...env };
}

/** An empty variable counts as not set. */
export const withoutEmpty = (env: Environment): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
