import { type Environment, everySetting, readConfig } from "@realtime-gateway/settings";
import { leastEnvironment } from "./environment.ts";

/** Reads every function's settings from exactly this environment. */
export const readAll = (env: Environment) => readConfig(everySetting, { ...env });

/** Reads every function's settings from the least environment and these variables. */
export const read = (more: Environment = {}) => readAll({ ...leastEnvironment, ...more });

/** The error message for a faulty environment. */
export function messageOf(env: Environment): string {
  try {
    readAll(env);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("the environment was accepted");
}

/** The faults that the message lists, one per line. */
export const faultsOf = (env: Environment): readonly string[] =>
  messageOf(env)
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^- /, ""));

export const faults = (more: Environment): readonly string[] => faultsOf({ ...leastEnvironment, ...more });

const SECRET = "0123456789abcdef0123456789abcdef";

/** The required settings of the modes `jwt` and `proxy`, to add to the least environment. */
export const jwtEnvironment = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: SECRET,
  REALTIME_JWT_ISSUER: "https://issuer.example",
  REALTIME_JWT_AUDIENCE: "realtime",
} as const;
export const proxyEnvironment = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: SECRET } as const;
