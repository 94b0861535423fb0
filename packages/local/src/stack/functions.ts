import { bundlePath } from "@realtime-gateway/functions/bundles";
import {
  type FunctionSpec,
  type FunctionTable,
  mapFunctions,
  namesOf,
  routesOf,
  variablesOf,
} from "@realtime-gateway/functions/manifest";
import type { HttpApiRoute } from "../http-api/http-api.ts";
import type { Handover } from "../lambda/function-instance.ts";
import { createFunctionRunner, type FunctionRunner } from "../lambda/function-runner.ts";

/** The functions of a table, each in its local Lambda runtime. */
export interface RunningFunctions<Name extends string> {
  invoke(name: Name, event: unknown, handover?: Handover): Promise<unknown>;
  /** Starts one instance of each function; rejects if one does not initialize. */
  warm(): Promise<void>;
  /** Kills every instance of a function, as a crash would. Its invocations fail, and the next one starts a new instance. */
  kill(name: Name): Promise<void>;
  /** Loads a function's bundle anew for later invocations; current ones finish. Rejects if it does not initialize. */
  restart(name: Name): Promise<void>;
  stop(): Promise<void>;
}

export interface FunctionsOptions<Name extends string> {
  /** Every setting and the variables that Lambda and the AWS SDK read. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces the timeout of the functions that the queue invokes. */
  readonly relayTimeoutMs?: number | undefined;
  /** The path of a function's bundle. Default: the one that the build writes. */
  readonly bundleOf?: ((name: Name) => string) | undefined;
  onLog(name: Name, line: string): void;
}

export function startFunctions<Name extends string>(
  table: FunctionTable<Name>,
  { env, relayTimeoutMs, bundleOf = bundlePath, onLog }: FunctionsOptions<Name>,
): RunningFunctions<Name> {
  const timeoutMs = ({ trigger, timeoutSeconds }: FunctionSpec): number =>
    (trigger === "queue" ? relayTimeoutMs : undefined) ?? timeoutSeconds * 1000;
  const runners = mapFunctions(table, (name, spec) =>
    createFunctionRunner({
      name,
      bundlePath: bundleOf(name),
      env: environmentFor(spec, table, env),
      timeoutMs: timeoutMs(spec),
      logFormat: "JSON",
      onLog: (line) => onLog(name, line),
    }),
  );
  const forEach = async (act: (runner: FunctionRunner) => Promise<void>): Promise<void> => {
    await Promise.all(namesOf(table).map((name) => act(runners[name])));
  };
  return {
    invoke: (name, event, handover) => runners[name].invoke(event, handover),
    warm: () => forEach((runner) => runner.warm()),
    kill: (name) => runners[name].kill(),
    restart: (name) => runners[name].restart(),
    stop: () => forEach((runner) => runner.stop()),
  };
}

/** The environment without the settings of other functions, as in a deployment. */
export function environmentFor(
  { settings }: FunctionSpec,
  table: FunctionTable,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = new Set(variablesOf(table));
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !all.has(name) || Object.hasOwn(settings.variables, name)),
  );
}

/** The routes of a table below a base path, each invoking its function. */
export const localRoutes = <Name extends string>(
  table: FunctionTable<Name>,
  functions: RunningFunctions<Name>,
  basePath: string,
): readonly HttpApiRoute[] =>
  routesOf(table, basePath).map(({ path, functionName }) => ({
    path,
    invoke: (event) => functions.invoke(functionName, event),
  }));
