import type { Environment } from "../../packages/settings/src/group.ts";
import { everySetting } from "../../packages/settings/src/index.ts";
import { HTTP_TIMEOUT_SECONDS, MAX_STAGE_LENGTH } from "./limits.ts";
import { queueArn } from "./queue-arn.ts";
import { neededSecrets, SECRET_VARIABLES, secretName, secretValues } from "./secrets.ts";
import { PRODUCTION, stageSettings } from "./stage.ts";

/** What the functions would take, and a deployment may not: every reason, without values. */
export function refusals(stage: string, env: Environment): readonly string[] {
  return [
    ...(stage.length > MAX_STAGE_LENGTH ? [`the stage's name is longer than ${MAX_STAGE_LENGTH} characters`] : []),
    ...(stage === PRODUCTION ? productionRefusals(env) : []),
    ...secretRefusals(env),
    ...addressRefusals(env),
    ...timeoutRefusals(env),
    ...unknownSettings(env),
  ];
}

function productionRefusals(env: Environment): readonly string[] {
  return [
    ...(env.REALTIME_AUTH_MODE === undefined
      ? ["REALTIME_AUTH_MODE is not set: jwt or proxy; or open, said explicitly: whoever knows an id may listen"]
      : []),
    ...(env.PUSHER_SCHEME === "http" ? ["PUSHER_SCHEME=http would send production's events in clear text"] : []),
  ];
}

function secretRefusals(env: Environment): readonly string[] {
  const needed = neededSecrets(env);
  const set = secretValues(env, needed);
  const command = (variable: string): string => `\`npx sst secret set ${secretName(variable)} --stage …\``;
  return [
    ...needed
      .filter((variable) => set[variable] === undefined)
      .map((variable) => `the secret ${secretName(variable)} is not set: ${command(variable)}`),
    // Whoever set it believes in a protection that would not be there.
    ...SECRET_VARIABLES.filter((variable) => env[variable] !== undefined && !needed.includes(variable)).map(
      (variable) =>
        `${variable} would have no effect: with these settings nothing reads it, and secrets are set with ${command(variable)}`,
    ),
  ];
}

const ADDRESSES = ["PUSHER_HOST", "REALTIME_JWT_JWKS_URL", "REALTIME_OWNERSHIP_URL"];
const LOOPBACK = /^(?:https?:\/\/)?(?:localhost|[\w.-]+\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?:[:/]|$)/i;

function addressRefusals(env: Environment): readonly string[] {
  const { REALTIME_WEBHOOK_QUEUE_URL: queueUrl } = env;
  return [
    ...ADDRESSES.filter((name) => LOOPBACK.test(env[name] ?? "")).map(
      (name) => `${name} is a loopback address: a function would find nobody there but itself`,
    ),
    ...(queueUrl !== undefined && queueArn(queueUrl) === undefined
      ? ["REALTIME_WEBHOOK_QUEUE_URL must be https://sqs.{region}.amazonaws.com/{account}/{name}"]
      : []),
  ];
}

function timeoutRefusals({ REALTIME_PUSHER_TIMEOUT_MS: text }: Environment): readonly string[] {
  const limitMs = HTTP_TIMEOUT_SECONDS * 1000;
  return Number(text) >= limitMs
    ? [`REALTIME_PUSHER_TIMEOUT_MS must be below the HTTP functions' own timeout, ${limitMs}`]
    : [];
}

/** A misspelt setting would leave its default in force. */
function unknownSettings(env: Environment): readonly string[] {
  const known = new Set([...Object.keys(everySetting.variables), ...Object.keys(stageSettings.variables)]);
  return Object.keys(env)
    .filter((name) => /^(?:REALTIME|GATEWAY)_/.test(name) && !known.has(name))
    .map((name) => `${name} is no setting of the gateway`);
}
