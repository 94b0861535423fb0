import { bundlePath } from "@realtime-gateway/functions/bundles";
import { BASE_PATH, FUNCTION_NAMES, type FunctionName, ROUTES } from "@realtime-gateway/functions/manifest";
import type { HttpApiRoute } from "../http-api/http-api.ts";
import { createFunctionRunner } from "../lambda/function-runner.ts";

/** The gateway's functions, running. */
export interface Functions {
  invoke(name: FunctionName, event: unknown): Promise<unknown>;
  /** Starts one instance of each; rejects when one does not initialize. */
  warm(): Promise<void>;
  /** Kills every instance of one, as a crash would: what it has in hand fails, and the next invocation starts afresh. */
  kill(name: FunctionName): Promise<void>;
  stop(): Promise<void>;
}

/** The relay's may wait for Pusher more than once; the others' stay below the HTTP API's own 30 s. */
const TIMEOUTS_MS: Readonly<Record<FunctionName, number>> = {
  relay: 30_000,
  auth: 10_000,
  "test-event": 10_000,
  webhook: 10_000,
};

/** Every function sees this environment, and nothing of ours. */
export function startFunctions(
  env: Readonly<Record<string, string>>,
  onLog: (name: FunctionName, line: string) => void,
  { relayTimeoutMs = TIMEOUTS_MS.relay }: { readonly relayTimeoutMs?: number | undefined } = {},
): Functions {
  const timeoutsMs = { ...TIMEOUTS_MS, relay: relayTimeoutMs };
  const create = (name: FunctionName) =>
    createFunctionRunner({
      name,
      bundlePath: bundlePath(name),
      env,
      timeoutMs: timeoutsMs[name],
      logFormat: "JSON",
      onLog: (line) => onLog(name, line),
    });
  const runners = {
    relay: create("relay"),
    auth: create("auth"),
    "test-event": create("test-event"),
    webhook: create("webhook"),
  };
  return {
    invoke: (name, event) => runners[name].invoke(event),
    async warm() {
      await Promise.all(FUNCTION_NAMES.map((name) => runners[name].warm()));
    },
    kill: (name) => runners[name].kill(),
    async stop() {
      await Promise.all(FUNCTION_NAMES.map((name) => runners[name].stop()));
    },
  };
}

export const apiUrl = (httpUrl: string): string => httpUrl + BASE_PATH;

export const routesOf = (functions: Functions): readonly HttpApiRoute[] =>
  ROUTES.map(({ path, functionName }) => ({ path, invoke: (event) => functions.invoke(functionName, event) }));
