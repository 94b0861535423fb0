import type { Environment } from "../../functions/settings/group.ts";

type Needed = (env: Environment) => boolean;

const always: Needed = () => true;
const inMode =
  (mode: string, also: Needed = always): Needed =>
  (env) =>
    env.REALTIME_AUTH_MODE === mode && also(env);

/** The variables that are secrets of a stage, and with which settings each is needed. */
const SECRETS: Readonly<Record<string, Needed>> = {
  PUSHER_APP_ID: always,
  PUSHER_SECRET: always,
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: (env) => env.GATEWAY_ENCRYPTED_CHANNELS === "1",
  REALTIME_JWT_SECRET: inMode("jwt", (env) => !env.REALTIME_JWT_JWKS_URL && !env.REALTIME_JWT_PUBLIC_KEY),
  REALTIME_OWNERSHIP_SECRET: inMode("jwt", (env) => env.REALTIME_OWNERSHIP_URL !== undefined),
  REALTIME_PROXY_SECRET: inMode("proxy"),
  // On every stage: whoever finds an API's address could otherwise publish what viewers take for events.
  REALTIME_TEST_TOKEN: always,
};

export const SECRET_VARIABLES = Object.keys(SECRETS);

export const neededSecrets = (env: Environment): readonly string[] =>
  SECRET_VARIABLES.filter((variable) => SECRETS[variable]?.(env));

/** `PUSHER_APP_ID` is the secret `PusherAppId`. */
export const secretName = (variable: string): string =>
  variable
    .toLowerCase()
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

/** How SST hands a stage's secrets to the program; its own `Secret` reads these. */
const secretInEnvironment = (variable: string): string => `SST_SECRET_${secretName(variable)}`;

/** The secrets' values, as far as they are set. */
export const secretValues = (env: Environment, variables: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    variables.flatMap((variable) => {
      const value = env[secretInEnvironment(variable)];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
