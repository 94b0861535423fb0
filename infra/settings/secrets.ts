import type { Environment } from "../../packages/settings/src/group.ts";

type IsNeeded = (env: Environment) => boolean;

interface SecretRule {
  readonly isNeeded: IsNeeded;
  /** The same rule in words, for `docs/deploy.md`. */
  readonly needed: string;
}

const inMode =
  (mode: string, isNeeded: IsNeeded = () => true): IsNeeded =>
  (env) =>
    env.REALTIME_AUTH_MODE === mode && isNeeded(env);

/** The variables whose values are secrets of a stage. */
const SECRETS: Readonly<Record<string, SecretRule>> = {
  PUSHER_APP_ID: { isNeeded: () => true, needed: "always" },
  PUSHER_SECRET: { isNeeded: () => true, needed: "always" },
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: {
    isNeeded: (env) => env.GATEWAY_ENCRYPTED_CHANNELS === "1",
    needed: "with `GATEWAY_ENCRYPTED_CHANNELS=1`; 32 bytes: `openssl rand -base64 32`",
  },
  REALTIME_JWT_SECRET: {
    isNeeded: inMode(
      "jwt",
      (env) =>
        (!env.REALTIME_JWT_JWKS_URL && !env.REALTIME_JWT_PUBLIC_KEY) ||
        /\bHS\d/.test(env.REALTIME_JWT_ALGORITHMS ?? ""),
    ),
    needed:
      "with `REALTIME_AUTH_MODE=jwt` and neither a JWKS nor a public key, or with HS* in `REALTIME_JWT_ALGORITHMS` while the issuer changes its algorithm",
  },
  REALTIME_OWNERSHIP_SECRET: {
    isNeeded: inMode("jwt", (env) => env.REALTIME_OWNERSHIP_URL !== undefined),
    needed: "with `REALTIME_OWNERSHIP_URL`",
  },
  REALTIME_PROXY_SECRET: {
    isNeeded: inMode("proxy"),
    needed: "with `REALTIME_AUTH_MODE=proxy`; 32 bytes or longer: `openssl rand -hex 32`",
  },
  REALTIME_WEBHOOK_PREVIOUS_SECRET: {
    isNeeded: (env) => env.REALTIME_WEBHOOK_PREVIOUS_KEY !== undefined,
    needed: "with `REALTIME_WEBHOOK_PREVIOUS_KEY`, [while you rotate the Pusher key](operations.md#the-pusher-key)",
  },
  // The API's address is public. Without a token, anyone could publish events that look real to viewers.
  REALTIME_TEST_TOKEN: { isNeeded: () => true, needed: "always, on every stage: `openssl rand -hex 32`" },
};

export const SECRET_VARIABLES = Object.keys(SECRETS);

export const SECRET_NEEDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SECRETS).map(([variable, { needed }]) => [variable, needed]),
);

export const neededSecrets = (env: Environment): readonly string[] =>
  SECRET_VARIABLES.filter((variable) => SECRETS[variable]?.isNeeded(env));

/** The name of the secret for a variable: `PusherAppId` for `PUSHER_APP_ID`. */
export const secretName = (variable: string): string =>
  variable
    .toLowerCase()
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

/** SST passes a stage's secrets to the program in these variables; its own `Secret` reads them too. */
const secretInEnvironment = (variable: string): string => `SST_SECRET_${secretName(variable)}`;

/** The values of those secrets that are set. */
export const secretValues = (env: Environment, variables: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    variables.flatMap((variable) => {
      const value = env[secretInEnvironment(variable)];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
