import { everySetting, readConfig } from "@realtime-gateway/settings";
import { leastEnvironment } from "./environment.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every function's settings, from exactly this environment. */
export const readAll = (env: Environment) => readConfig(everySetting, { ...env });

/** From the least environment and this beside it. */
export const read = (more: Environment = {}) => readAll({ ...leastEnvironment, ...more });

/** What is said of an environment that is refused. */
export function messageOf(env: Environment): string {
  try {
    readAll(env);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("the environment was accepted");
}

/** The faults that it names, one a line. */
export const faultsOf = (env: Environment): readonly string[] =>
  messageOf(env)
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^- /, ""));

export const faults = (more: Environment): readonly string[] => faultsOf({ ...leastEnvironment, ...more });

const SECRET = "0123456789abcdef0123456789abcdef";

/** The least that the modes other than `open` need beside the least environment. */
export const jwtEnvironment = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: SECRET,
  REALTIME_JWT_ISSUER: "https://issuer.example",
  REALTIME_JWT_AUDIENCE: "realtime",
} as const;
export const proxyEnvironment = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: SECRET } as const;
