import type { SettingGroup } from "./group.ts";

/** A variable is missing or malformed. The message names every fault and contains no value. */
export class ConfigError extends Error {
  /** Lambda logs the name of the class as `errorType`. Minified bundles shorten it. */
  static override readonly name = "ConfigError";
  override readonly name = "ConfigError";
  readonly code = "invalid_config";

  constructor(faults: readonly string[]) {
    super(`The environment is not complete or not well-formed:\n${faults.map((fault) => `- ${fault}`).join("\n")}`);
  }
}

/** Reads a group's settings from the environment. Throws `ConfigError`. An empty variable counts as not set. */
export function readConfig<T>(group: SettingGroup<T>, env: NodeJS.ProcessEnv = process.env): T {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const reading = group.read(set);
  if (!reading.ok) throw new ConfigError(reading.faults);
  return reading.value;
}
