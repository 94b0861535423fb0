import type { ParseArgsOptionsConfig } from "node:util";

/** The variables that npm sets for the script that it runs. */
export type NpmEnvironment = Readonly<Record<string, string | undefined>>;

/** People keep `yes=true` in their `.npmrc`, so this flag can be there without a person who wrote it. */
const OF_NPM_ITSELF = new Set(["yes", "help"]);

/**
 * Without `--` in front, npm takes a script's flags as its own settings, and the script runs without them. npm passes `--once` on as
 * `npm_config_once=true`, and `--no-demo` as an empty `npm_config_demo`. Returns a complaint with the command to run.
 */
export function complaintAboutNpm(flags: ParseArgsOptionsConfig, env: NpmEnvironment): readonly string[] {
  const { npm_lifecycle_event: script } = env;
  if (script === undefined) return [];
  const taken = Object.keys(flags).filter((flag) => !OF_NPM_ITSELF.has(flag) && isTaken(flag, env));
  if (taken.length === 0) return [];
  const names = taken.map((flag) => `--${flag}`);
  const command = script === "start" ? "npm start" : `npm run ${script}`;
  return [`npm took ${names.join(" and ")} for itself. Put -- in front of the flags: ${command} -- ${names.join(" ")}`];
}

function isTaken(flag: string, env: NpmEnvironment): boolean {
  const variable = (name: string): string | undefined => env[`npm_config_${name.replaceAll("-", "_")}`];
  return flag.startsWith("no-") ? variable(flag.slice("no-".length)) === "" : Boolean(variable(flag));
}
