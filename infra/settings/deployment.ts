import { FUNCTIONS, type FunctionSpec, variablesOf } from "../../functions/manifest.ts";
import { basePathSettings } from "../../packages/settings/src/base-path.ts";
import type { Environment, SettingsReading } from "../../packages/settings/src/group.ts";
import { batchFaults } from "./batch-limit.ts";
import { queueArn } from "./queue-arn.ts";
import { type QueueTimes, queueFaults, queueTimes } from "./queue-times.ts";
import { neededSecrets, SECRET_VARIABLES, secretValues } from "./secrets.ts";
import { settingFaults } from "./setting-faults.ts";
import { type StageSettings, stageSettings, withoutEmpty, withStageDefaults } from "./stage.ts";

/** Everything that the settings decide before SST creates a resource. */
export interface DeploymentPlan {
  readonly settings: StageSettings;
  readonly times: QueueTimes;
  /** The functions' settings that are no secrets. */
  readonly variables: Readonly<Record<string, string>>;
  /** The variables whose values are secrets of the stage. */
  readonly secrets: readonly string[];
  /** The path in front of every route. */
  readonly basePath: string;
  /** The queue of `REALTIME_WEBHOOK_QUEUE_URL`. */
  readonly webhookQueueArn: string | undefined;
}

/** The deployment computes these. An operator may have set them for `npm run dlq`. */
export const COMPUTED_VARIABLES = ["REALTIME_DLQ_URL", "REALTIME_METRICS_NAMESPACE"];

/** The functions' settings that come from the deployer's environment. */
export const plainVariables = (): readonly string[] =>
  variablesOf(FUNCTIONS).filter((name) => !SECRET_VARIABLES.includes(name) && !COMPUTED_VARIABLES.includes(name));

/** Plans a stage from the environment and the stage's secrets, or returns every fault. */
export function planDeployment(
  stage: string,
  environment: Environment,
  relayTimeoutSeconds: number = FUNCTIONS.relay.timeoutSeconds,
): SettingsReading<DeploymentPlan> {
  const env = withStageDefaults(stage, withoutEmpty(environment));
  const variables = pick(env, plainVariables());
  const secrets = neededSecrets(env);
  const settings = stageSettings.read(env);
  const times = settings.ok ? queueTimes(settings.value, relayTimeoutSeconds) : undefined;
  const base = basePathSettings.read(env);
  const faults = [
    ...(settings.ok ? batchFaults(settings.value.batchSize, relayTimeoutSeconds) : settings.faults),
    ...(times === undefined ? [] : queueFaults(times)),
    ...settingFaults(stage, env),
    ...functionFaults({ ...variables, ...secretValues(env, secrets) }, secrets),
  ];
  if (!settings.ok || times === undefined || !base.ok || faults.length > 0) return { ok: false, faults };
  const { REALTIME_WEBHOOK_QUEUE_URL: queueUrl } = variables;
  return {
    ok: true,
    value: {
      settings: settings.value,
      times,
      variables,
      secrets,
      basePath: base.value.basePath,
      webhookQueueArn: queueUrl && queueArn(queueUrl),
    },
  };
}

/** The faults that a function would find at its start. `settingFaults` already reports a secret that is not set. */
function functionFaults(env: Environment, secrets: readonly string[]): readonly string[] {
  const readings = Object.values(FUNCTIONS).map(({ settings }) => settings.read(env));
  const faults = new Set(readings.flatMap((reading) => (reading.ok ? [] : reading.faults)));
  const reported = secrets.filter((name) => env[name] === undefined);
  return [...faults].filter((fault) => !reported.some((name) => fault.includes(name)));
}

/** The values that a function reads. */
export const valuesFor = <T>({ settings }: FunctionSpec, values: Readonly<Record<string, T>>): Record<string, T> =>
  pick(values, Object.keys(settings.variables));

function pick<T>(values: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

export const notDeployed = (stage: string, faults: readonly string[]): string =>
  `Stage ${stage} is not deployed; nothing has been changed:\n${faults.map((fault) => `- ${fault}`).join("\n")}`;
