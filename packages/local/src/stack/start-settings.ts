import {
  ConfigError,
  type EverySetting,
  everySetting,
  PUSHER_APP_VARIABLES,
  unknownVariables,
} from "@realtime-gateway/settings";
import type { PusherTarget } from "./pusher-target.ts";

/** The local stack sets these itself; `--pusher cloud` and `own` take them from the environment. */
const APP_VARIABLES: ReadonlySet<string> = new Set(PUSHER_APP_VARIABLES);

/** The settings are checked before anything starts, and the local server has no address before that. */
const UNUSED_APP = { PUSHER_APP_ID: "0", PUSHER_KEY: "unused", PUSHER_SECRET: "unused", PUSHER_CLUSTER: "local" };

export interface StartSettings {
  /** The developer's settings of the gateway. Nothing else of the environment reaches a function. */
  readonly variables: Readonly<Record<string, string>>;
  readonly config: EverySetting;
}

/** Reads the developer's environment. Throws a `ConfigError` with every fault, misspelt names included. */
export function readStartSettings(env: NodeJS.ProcessEnv, target: PusherTarget | undefined): StartSettings {
  const variables = functionVariables(env);
  const reading = everySetting.read({ ...variables, ...(target?.env ?? UNUSED_APP) });
  const faults = [
    ...unknownVariables(env, {
      known: [...Object.keys(everySetting.variables), "GATEWAY_MAX_RECEIVES"],
      ownPrefixes: ["REALTIME_"],
      sharedPrefixes: ["PUSHER_", "GATEWAY_"],
    }),
    ...(reading.ok ? [] : reading.faults),
  ];
  if (!reading.ok || faults.length > 0) throw new ConfigError(faults);
  return { variables, config: reading.value };
}

function functionVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of Object.keys(everySetting.variables)) {
    const value = env[name];
    if (value !== undefined && value !== "" && !APP_VARIABLES.has(name)) variables[name] = value;
  }
  return variables;
}
