import { createStopSignal, EXIT_FAILED, UsageError } from "@realtime-gateway/command-line";
import { everySetting, readConfig } from "@realtime-gateway/settings";
import type { Console } from "../console/console.ts";
import { parseFunctionLog } from "../console/function-log.ts";
import { createHumanConsole } from "../console/human-console.ts";
import { createJsonConsole } from "../console/json-console.ts";
import { ORIGINS_HINT } from "../stack/default-origins.ts";
import { cloudPusher, type PusherTarget } from "../stack/pusher-target.ts";
import { type Stack, startStack } from "../stack/stack.ts";
import { functionSettings } from "./function-settings.ts";
import { maxReceivesIn } from "./max-receives.ts";
import { runSession } from "./session.ts";
import type { StartOptions } from "./start-arguments.ts";

export interface StartedGateway {
  readonly stack: Stack;
  readonly console: Console;
}

export interface RunGatewayDeps {
  readonly env: NodeJS.ProcessEnv;
  /** Called once, when every part of the stack runs. */
  onStarted?(gateway: StartedGateway): void;
}

/** Runs the gateway until the demo has ended (`--once`) or a stop signal comes. Resolves with the exit code. */
export async function runGateway(options: StartOptions, { env, onStarted }: RunGatewayDeps): Promise<number> {
  const signal = createStopSignal();
  const settings = functionSettings(env);
  const target = options.pusher === "cloud" ? requireCloudPusher(env) : undefined;
  const queue = { maxReceiveCount: maxReceivesIn(env) };
  const config = readConfig(everySetting, { ...settings, ...(target?.env ?? UNUSED_APP) });
  const console = createConsole(options);

  const stack = await startStack({
    httpPort: options.httpPort,
    sqsPort: options.sqsPort,
    pusherPort: options.pusherPort,
    queue,
    ...(target && { cloudPusher: target }),
    env: settings,
    onLog(functionName, line) {
      const log = parseFunctionLog(functionName, line);
      if (log) console.log(log);
    },
    onRequest: (request) => console.request(request),
    onError: (error) => console.log({ functionName: "poller", level: "ERROR", message: messageOf(error) }),
  });
  if (target && settings.REALTIME_ALLOWED_ORIGINS === undefined)
    console.log({ functionName: "gateway", level: "WARN", message: ORIGINS_HINT });
  onStarted?.({ stack, console });
  const summary = await runSession({ stack, config, options, console, signal }).finally(() => stack.stop());
  console.summary(summary());
  return options.once && summary().demo?.ok !== true ? EXIT_FAILED : 0;
}

function createConsole({ json }: Pick<StartOptions, "json">): Console {
  const write = (text: string): void => void process.stdout.write(text);
  return json
    ? createJsonConsole(write)
    : createHumanConsole(write, process.stdout.isTTY && process.stdout.hasColors());
}

/** The settings are checked before anything starts, and the local server has no address before that. */
const UNUSED_APP = { PUSHER_APP_ID: "0", PUSHER_KEY: "unused", PUSHER_SECRET: "unused", PUSHER_CLUSTER: "local" };

function requireCloudPusher(env: NodeJS.ProcessEnv): PusherTarget {
  const cloud = cloudPusher(env);
  if ("missing" in cloud)
    throw new UsageError(`--pusher cloud needs a real Pusher app in the environment: ${cloud.missing.join("; ")}`);
  return cloud;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
