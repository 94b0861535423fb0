import { MEMORY, type MemoryDefaults } from "../../functions/manifest.ts";
import { MAX_RECEIVES } from "../../functions/queue-rules.ts";
import {
  both,
  createGroup,
  type Environment,
  type SettingsOf,
  type ValuesOf,
} from "../../packages/settings/src/group.ts";
import { flag, integer, matching, optional, parsed } from "../../packages/settings/src/setting.ts";
import { ALARM_VARIABLES, alarmSettings } from "./alarm-settings.ts";
import { FRONT_VARIABLES, frontSettings, THROTTLE_VARIABLES } from "./front.ts";
import { NETWORK_VARIABLES, networkSettings } from "./network.ts";
import { POLLING_VARIABLES, pollingSettings } from "./polling.ts";
import { PRODUCER_VARIABLES, producerSettings } from "./producers.ts";
import { type StageVariable, stageVariable } from "./stage-variable.ts";
import { TRACING_VARIABLES, tracingSettings } from "./tracing.ts";

export const PRODUCTION = "production";

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const MAX_BATCH = 10_000;
const MAX_BATCH_WITHOUT_WINDOW = 10;
const MAX_WINDOW_SECONDS = 300;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MEMORY_MB = { min: 128, max: 10_240 } as const;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logDays = parsed(
  (text) => LOG_DAYS.find((days) => String(days) === text),
  `must be one of ${LOG_DAYS.join(", ")}`,
);

const memory = ({ meaning, productionMb, otherMb }: MemoryDefaults): StageVariable<number> =>
  stageVariable(integer(MEMORY_MB.min, MEMORY_MB.max), meaning, String(productionMb), String(otherMb));

/** The variables that size a stage. To add one, add an entry here and a line to `shape`. */
const SIZE_VARIABLES = {
  GATEWAY_FIFO: stageVariable(
    flag("0"),
    "`1`: a FIFO queue, which keeps the order of each group; decide before the first deployment, because a change makes a new queue",
    "0",
  ),
  GATEWAY_BATCH_SIZE: stageVariable(
    integer(1, MAX_BATCH),
    `maximum of messages in one invocation; above ${MAX_BATCH_WITHOUT_WINDOW} only with a window, and not with FIFO`,
    "10",
  ),
  GATEWAY_BATCH_WINDOW_SECONDS: stageVariable(
    integer(0, MAX_WINDOW_SECONDS),
    "how long Lambda gathers messages for one batch; not with FIFO",
    "0",
  ),
  GATEWAY_MAX_RECEIVES: stageVariable(
    integer(MAX_RECEIVES.min, MAX_RECEIVES.max),
    "receives of a message that fails each time; then SQS moves it to the dead-letter queue, see [operations](operations.md#failed-messages)",
    String(MAX_RECEIVES.fallback),
  ),
  GATEWAY_RELAY_MEMORY_MB: memory(MEMORY.GATEWAY_RELAY_MEMORY_MB),
  GATEWAY_HTTP_MEMORY_MB: memory(MEMORY.GATEWAY_HTTP_MEMORY_MB),
  GATEWAY_LOG_DAYS: stageVariable(logDays, "days after which CloudWatch deletes logs", "90", "7"),
  GATEWAY_ENCRYPTED_CHANNELS: stageVariable(
    flag("0"),
    "`1`: encrypted channels; needs the secret `PusherEncryptionMasterKeyBase64`",
    "0",
  ),
  GATEWAY_PERMISSIONS_BOUNDARY: stageVariable(
    optional(matching(/^arn:[\w-]+:iam::\d{12}:policy\/\S+$/, "must be the ARN of a policy")),
    "the permissions boundary of the functions' roles; the [deploy role](#deploy-production) requires it",
    "",
  ),
};

function contradictions(env: Environment): readonly string[] {
  const batch = Number(env.GATEWAY_BATCH_SIZE);
  const window = Number(env.GATEWAY_BATCH_WINDOW_SECONDS);
  if (env.GATEWAY_FIFO === "1")
    return [
      ...(batch > MAX_BATCH_WITHOUT_WINDOW
        ? [`GATEWAY_BATCH_SIZE must be ${MAX_BATCH_WITHOUT_WINDOW} or less with GATEWAY_FIFO=1`]
        : []),
      ...(window > 0 ? ["GATEWAY_BATCH_WINDOW_SECONDS must be 0 with GATEWAY_FIFO=1"] : []),
    ];
  return batch > MAX_BATCH_WITHOUT_WINDOW && window === 0
    ? [`GATEWAY_BATCH_SIZE above ${MAX_BATCH_WITHOUT_WINDOW} needs GATEWAY_BATCH_WINDOW_SECONDS of 1 or more`]
    : [];
}

const shape = (env: ValuesOf<typeof SIZE_VARIABLES>) => ({
  fifo: env.GATEWAY_FIFO,
  batchSize: env.GATEWAY_BATCH_SIZE,
  batchWindowSeconds: env.GATEWAY_BATCH_WINDOW_SECONDS,
  maxReceives: env.GATEWAY_MAX_RECEIVES,
  /** The table of functions names the variable of each function. */
  memoryMb: {
    GATEWAY_RELAY_MEMORY_MB: env.GATEWAY_RELAY_MEMORY_MB,
    GATEWAY_HTTP_MEMORY_MB: env.GATEWAY_HTTP_MEMORY_MB,
  },
  logDays: env.GATEWAY_LOG_DAYS,
  encryptedChannels: env.GATEWAY_ENCRYPTED_CHANNELS,
  permissionsBoundary: env.GATEWAY_PERMISSIONS_BOUNDARY,
});

const sizeSettings = createGroup(SIZE_VARIABLES, shape, contradictions);

/** Every variable of a stage, by the table of `docs/deploy.md` that explains it. */
export const STAGE_TABLES = {
  stage: { ...SIZE_VARIABLES, ...POLLING_VARIABLES },
  producers: PRODUCER_VARIABLES,
  front: FRONT_VARIABLES,
  alarmSettings: ALARM_VARIABLES,
  network: NETWORK_VARIABLES,
  tracing: TRACING_VARIABLES,
};

export const STAGE_VARIABLES = {
  ...STAGE_TABLES.stage,
  ...PRODUCER_VARIABLES,
  ...FRONT_VARIABLES,
  ...ALARM_VARIABLES,
  ...NETWORK_VARIABLES,
  ...TRACING_VARIABLES,
};

const queueSettings = both(both(sizeSettings, pollingSettings), producerSettings);
const functionSettings = both(networkSettings, tracingSettings);

export const stageSettings = both(both(queueSettings, functionSettings), both(frontSettings, alarmSettings));

/** The resources of a stage and their sizes. The functions have settings of their own. */
export type StageSettings = SettingsOf<typeof stageSettings>;

/** Defaults that would contradict another setting. */
const withoutDefault = (env: Environment): readonly string[] => [
  ...(env.GATEWAY_MAX_POLLERS === undefined ? [] : ["GATEWAY_MAX_CONCURRENCY"]),
  ...(env.GATEWAY_FRONT === "function-url" ? THROTTLE_VARIABLES : []),
];

/** The environment, with the stage's defaults for the variables that it does not set. */
export function withStageDefaults(stage: string, env: Record<string, string>): Record<string, string> {
  const excluded = withoutDefault(env);
  const defaults = Object.entries(STAGE_VARIABLES)
    .filter(([name]) => !excluded.includes(name))
    .map(([name, { defaults: byStage }]) => [name, stage === PRODUCTION ? byStage.production : byStage.other] as const);
  return { ...withoutEmpty(Object.fromEntries(defaults)), ...env };
}

/** An empty variable counts as not set. */
export const withoutEmpty = (env: Environment): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
