import type { Environment } from "../../packages/settings/src/group.ts";

type Needed = (env: Environment) => boolean;

const always: Needed = () => true;
const inMode =
  (mode: string, also: Needed = always): Needed =>
  (env) =>
    env.REALTIME_AUTH_MODE === mode && also(env);

/** The variables that are secrets of a stage: with which settings each is needed, and the same in words. */
const SECRETS: Readonly<Record<string, readonly [needed: Needed, words: string]>> = {
  PUSHER_APP_ID: [always, "always"],
  PUSHER_SECRET: [always, "always"],
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: [
    (env) => env.GATEWAY_ENCRYPTED_CHANNELS === "1",
    "with `GATEWAY_ENCRYPTED_CHANNELS=1`; 32 bytes: `openssl rand -base64 32`",
  ],
  REALTIME_JWT_SECRET: [
    inMode("jwt", (env) => !env.REALTIME_JWT_JWKS_URL && !env.REALTIME_JWT_PUBLIC_KEY),
    "with `REALTIME_AUTH_MODE=jwt` and neither a JWKS nor a public key",
  ],
  REALTIME_OWNERSHIP_SECRET: [
    inMode("jwt", (env) => env.REALTIME_OWNERSHIP_URL !== undefined),
    "with `REALTIME_OWNERSHIP_URL`",
  ],
  REALTIME_PROXY_SECRET: [
    inMode("proxy"),
    "with `REALTIME_AUTH_MODE=proxy`; 32 bytes or longer: `openssl rand -hex 32`",
  ],
  // Whoever finds an API's address could otherwise publish what viewers take for events.
  REALTIME_TEST_TOKEN: [always, "always, on every stage: `openssl rand -hex 32`"],
};

export const SECRET_VARIABLES = Object.keys(SECRETS);

export const SECRET_NEEDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SECRETS).map(([variable, [, words]]) => [variable, words]),
);

export const neededSecrets = (env: Environment): readonly string[] =>
  SECRET_VARIABLES.filter((variable) => SECRETS[variable]?.[0](env));

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
