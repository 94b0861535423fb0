import { setImmediate } from "node:timers/promises";
import { createStopSignal, EXIT_FAILED, EXIT_INTERRUPTED } from "@realtime-gateway/command-line";
import type { Console } from "../console/console.ts";
import { parseFunctionLog } from "../console/function-log.ts";
import { createHumanConsole } from "../console/human-console.ts";
import { createJsonConsole } from "../console/json-console.ts";
import { ORIGINS_HINT } from "../stack/default-origins.ts";
import type { PusherTarget } from "../stack/pusher-target.ts";
import { type Stack, startStack } from "../stack/stack.ts";
import { readStartSettings, type StartSettings } from "../stack/start-settings.ts";
import { portsError } from "./busy-ports.ts";
import { maxReceivesIn } from "./max-receives.ts";
import { isQuiet } from "./own-requests.ts";
import { pusherAppFor } from "./pusher-app.ts";
import { runSession } from "./session.ts";
import type { StartOptions } from "./start-arguments.ts";
import { createWatcher, type Watcher } from "./watcher.ts";

export interface StartedGateway {
  readonly stack: Stack;
  readonly console: Console;
}

export interface RunGatewayDeps {
  readonly env: NodeJS.ProcessEnv;
  /** Builds the functions. Called once the settings and the ports are known to be good. */
  build?(): Promise<void>;
  /** Called once, when every part of the stack runs. */
  onStarted?(gateway: StartedGateway): void;
}

/** Runs the gateway until the demo has ended (`--once`) or a stop signal comes. Resolves with the exit code. */
export async function runGateway(options: StartOptions, deps: RunGatewayDeps): Promise<number> {
  const signal = createStopSignal();
  try {
    return await run(options, deps, signal);
  } catch (error) {
    // Ctrl-C reaches esbuild's processes too, and their end can be known before this process handles the signal.
    await setImmediate();
    if (signal.aborted) return EXIT_INTERRUPTED;
    throw error;
  }
}

async function run(options: StartOptions, deps: RunGatewayDeps, signal: AbortSignal): Promise<number> {
  const target = pusherAppFor(options.pusher, deps.env);
  const settings = readStartSettings(deps.env, target);
  const maxReceiveCount = maxReceivesIn(deps.env);
  const busy = await portsError(options);
  if (busy !== undefined) throw busy;
  await deps.build?.();
  signal.throwIfAborted();

  const console = createConsole(options, deps.env);
  const watcher = createWatcher(console.event);
  const stack = await start(options, { target, settings, maxReceiveCount, console, watcher });
  if (target && settings.variables.REALTIME_ALLOWED_ORIGINS === undefined)
    console.log({ functionName: "gateway", level: "WARN", message: ORIGINS_HINT });
  deps.onStarted?.({ stack, console });
  const { config } = settings;
  const session = runSession({ stack, config, options, console, signal, watcher });
  const demo = await session.finally(() => stack.stop());
  watcher.flush();
  console.ended({ demo, ownEvents: watcher.ownEvents });
  return options.once && demo?.ok !== true ? EXIT_FAILED : 0;
}

interface StartParts {
  readonly target: PusherTarget | undefined;
  readonly settings: StartSettings;
  readonly maxReceiveCount: number;
  readonly console: Console;
  readonly watcher: Watcher;
}

async function start(options: StartOptions, parts: StartParts): Promise<Stack> {
  const { target, settings, maxReceiveCount, console, watcher } = parts;
  const { httpPort, sqsPort, pusherPort, fifo } = options;
  const stack = await startStack({
    httpPort,
    sqsPort,
    pusherPort,
    queue: { maxReceiveCount, fifo },
    ...(target && { cloudPusher: target }),
    env: settings.variables,
    onLog(functionName, line) {
      const log = parseFunctionLog(functionName, line);
      if (log !== undefined) console.log(log);
    },
    onRequest(request) {
      if (!isQuiet(request)) console.request(request);
    },
    onHint: ({ level, code, detail }) => console.log({ functionName: level, level, message: { code, detail } }),
    onError: (error) => console.log({ functionName: "poller", level: "ERROR", message: messageOf(error) }),
  });
  const { server } = stack.pusher;
  for (const fault of options.faults) server?.faults.add(fault);
  watcher.observe(stack.control.journal);
  return stack;
}

const DEFAULT_WIDTH = 80;

function createConsole({ json }: Pick<StartOptions, "json">, env: NodeJS.ProcessEnv): Console {
  const { stdout } = process;
  const write = (text: string): void => void stdout.write(text);
  const now = (): Date => new Date();
  if (json) return createJsonConsole({ write, now });
  // A pipe has no width and no colours, unless the environment gives them.
  const width = stdout.columns ?? (Number(env.COLUMNS) || DEFAULT_WIDTH);
  const coloured = stdout.isTTY ? stdout.hasColors() : Boolean(env.FORCE_COLOR);
  return createHumanConsole({ write, coloured, width, now });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
