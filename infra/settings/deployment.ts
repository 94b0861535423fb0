import { FUNCTIONS, type FunctionName } from "../../functions/manifest.ts";
import type { Environment, Reading } from "../../packages/settings/src/group.ts";
import { everySetting } from "../../packages/settings/src/index.ts";
import { queueArn } from "./queue-arn.ts";
import { refusals } from "./refusals.ts";
import { neededSecrets, SECRET_VARIABLES, secretValues } from "./secrets.ts";
import { readStage, type StageSettings, withoutEmpty, withStageDefaults } from "./stage.ts";

/** All that is decided before anything is created. */
export interface Deployment {
  readonly settings: StageSettings;
  /** The functions' settings that are no secrets. */
  readonly variables: Readonly<Record<string, string>>;
  /** The variables whose values are secrets of the stage. */
  readonly secrets: readonly string[];
  /** Of `REALTIME_WEBHOOK_QUEUE_URL`. */
  readonly webhookQueueArn: string | undefined;
}

/** The deployment's own answers, whatever an operator has in the environment for `npm run dlq`. */
export const OURS = ["REALTIME_DLQ_URL", "REALTIME_METRICS_NAMESPACE"];

/** What a stage would be with this environment and its secrets, or every reason why not. */
export function planDeployment(stage: string, environment: Environment): Reading<Deployment> {
  const env = withStageDefaults(stage, withoutEmpty(environment));
  const names = Object.keys(everySetting.variables).filter((name) => ![...SECRET_VARIABLES, ...OURS].includes(name));
  const variables = pick(env, names);
  const secrets = neededSecrets(env);
  const settings = readStage(env);
  const faults = [
    ...(settings.ok ? [] : settings.faults),
    ...refusals(stage, env),
    ...settingFaults({ ...variables, ...secretValues(env, secrets) }, secrets),
  ];
  if (!settings.ok || faults.length > 0) return { ok: false, faults };
  const { REALTIME_WEBHOOK_QUEUE_URL: queueUrl } = variables;
  return {
    ok: true,
    value: { settings: settings.value, variables, secrets, webhookQueueArn: queueUrl && queueArn(queueUrl) },
  };
}

/** What any function would find at its start; of a secret that is not set it has been said. */
function settingFaults(env: Environment, secrets: readonly string[]): readonly string[] {
  const readings = Object.values(FUNCTIONS).map(({ settings }) => settings.read(env));
  const faults = new Set(readings.flatMap((reading) => (reading.ok ? [] : reading.faults)));
  const said = secrets.filter((name) => env[name] === undefined);
  return [...faults].filter((fault) => !said.some((name) => fault.includes(name)));
}

/** Of these values, those that a function reads. */
export const variablesOf = <T>(name: FunctionName, values: Readonly<Record<string, T>>): Record<string, T> =>
  pick(values, Object.keys(FUNCTIONS[name].settings.variables));

function pick<T>(values: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

export const refusal = (stage: string, faults: readonly string[]): string =>
  `Stage ${stage} is not deployed; nothing has been changed:\n${faults.map((fault) => `- ${fault}`).join("\n")}`;
