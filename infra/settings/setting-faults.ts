import { FUNCTIONS, variablesOf } from "../../functions/manifest.ts";
import type { Environment } from "../../packages/settings/src/group.ts";
import { unknownVariables } from "../../packages/settings/src/unknown-variables.ts";
import { maxStageLength, shortestHttpTimeoutSeconds } from "./limits.ts";
import { queueArn } from "./queue-arn.ts";
import { neededSecrets, SECRET_VARIABLES, secretName, secretValues } from "./secrets.ts";
import { PRODUCTION, stageSettings } from "./stage.ts";

/** Settings that a function accepts and a deployment does not: every fault, without values. */
export function settingFaults(stage: string, env: Environment): readonly string[] {
  const maxLength = maxStageLength(FUNCTIONS);
  return [
    ...(stage.length > maxLength
      ? [`the stage's name is longer than ${maxLength} characters. Choose a shorter one`]
      : []),
    ...(stage === PRODUCTION ? productionFaults(env) : []),
    ...secretFaults(env),
    ...addressFaults(env),
    ...timeoutFaults(env),
    ...unknownSettings(env),
  ];
}

function productionFaults(env: Environment): readonly string[] {
  return [
    ...(env.REALTIME_AUTH_MODE === undefined
      ? [
          "REALTIME_AUTH_MODE is not set. Set it to jwt or proxy, or to open if everyone who has an id may read its events",
        ]
      : []),
    ...(env.PUSHER_SCHEME === "http"
      ? ["PUSHER_SCHEME=http would send production's events unencrypted. Set it to https or remove it"]
      : []),
  ];
}

function secretFaults(env: Environment): readonly string[] {
  const needed = neededSecrets(env);
  const set = secretValues(env, needed);
  const command = (variable: string): string => `\`npx sst secret set ${secretName(variable)} --stage …\``;
  return [
    ...needed
      .filter((variable) => set[variable] === undefined)
      .map((variable) => `the secret ${secretName(variable)} is not set. Run ${command(variable)}`),
    // The operator who set this variable expects a protection that the stage would not have.
    ...SECRET_VARIABLES.filter((variable) => env[variable] !== undefined && !needed.includes(variable)).map(
      (variable) =>
        `${variable} would have no effect: with these settings no function reads it. Remove it, and set secrets with ${command(variable)}`,
    ),
  ];
}

const ADDRESSES = ["PUSHER_HOST", "REALTIME_JWT_JWKS_URL", "REALTIME_OWNERSHIP_URL"];
const LOOPBACK = /^(?:https?:\/\/)?(?:localhost|[\w.-]+\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?:[:/]|$)/i;

function addressFaults(env: Environment): readonly string[] {
  const { REALTIME_WEBHOOK_QUEUE_URL: queueUrl } = env;
  return [
    ...ADDRESSES.filter((name) => LOOPBACK.test(env[name] ?? "")).map(
      (name) =>
        `${name} is a loopback address. A Lambda function reaches only itself there. Set an address that AWS reaches`,
    ),
    ...(queueUrl !== undefined && queueArn(queueUrl) === undefined
      ? ["REALTIME_WEBHOOK_QUEUE_URL must be https://sqs.{region}.amazonaws.com/{account}/{name}"]
      : []),
  ];
}

function timeoutFaults({ REALTIME_PUSHER_TIMEOUT_MS: text }: Environment): readonly string[] {
  const limitMs = shortestHttpTimeoutSeconds(FUNCTIONS) * 1000;
  return Number(text) >= limitMs
    ? [`REALTIME_PUSHER_TIMEOUT_MS must be below ${limitMs}, the timeout of the HTTP functions`]
    : [];
}

const unknownSettings = (env: Environment): readonly string[] =>
  unknownVariables(env, {
    known: [...variablesOf(FUNCTIONS), ...Object.keys(stageSettings.variables)],
    ownPrefixes: ["REALTIME_", "GATEWAY_"],
    sharedPrefixes: ["PUSHER_"],
  });
