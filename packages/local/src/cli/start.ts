import { onStop } from "@realtime-gateway/command-line";
import { ConfigError, everySetting, readConfig } from "@realtime-gateway/settings";
import { parseFunctionLog } from "../console/function-log.ts";
import { createHumanConsole } from "../console/human-console.ts";
import { createJsonConsole } from "../console/json-console.ts";
import { cloudPusher, type PusherTarget } from "../stack/pusher-target.ts";
import { startStack } from "../stack/stack.ts";
import { functionSettings } from "./function-settings.ts";
import { runSession } from "./session.ts";
import { parseStartArguments, START_HELP, type StartOptions } from "./start-arguments.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** The command line was right, and yet this cannot be done. The message says what to do about it. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

async function run(options: StartOptions): Promise<number> {
  const stopping = new AbortController();
  onStop(() => stopping.abort());
  const { signal } = stopping;

  const settings = functionSettings(process.env);
  const target = options.pusher === "cloud" ? requireCloudPusher() : undefined;
  const config = readConfig(everySetting, { ...settings, ...(target?.env ?? UNUSED_APP) });
  // Whoever read us has gone away, as `head` does.
  process.stdout.on("error", () => stopping.abort());
  const write = (text: string): void => void process.stdout.write(text);
  const coloured = process.stdout.isTTY && process.stdout.hasColors();
  const console = options.json ? createJsonConsole(write) : createHumanConsole(write, coloured);

  const stack = await startStack({
    httpPort: options.httpPort,
    sqsPort: options.sqsPort,
    pusherPort: options.pusherPort,
    ...(target && { cloudPusher: target }),
    env: settings,
    onLog(functionName, line) {
      const log = parseFunctionLog(functionName, line);
      if (log) console.log(log);
    },
    onRequest: (request) => console.request(request),
    onError: (error) => console.log({ functionName: "poller", level: "ERROR", message: describeError(error) }),
  });
  const summary = await runSession({ stack, config, options, console, signal }).finally(() => stack.stop());
  console.summary(summary());
  return options.once && summary().demo?.ok !== true ? EXIT_FAILED : 0;
}

/** The local server is not up yet, and the settings are checked before anything starts. */
const UNUSED_APP = { PUSHER_APP_ID: "0", PUSHER_KEY: "unused", PUSHER_SECRET: "unused", PUSHER_CLUSTER: "local" };

function requireCloudPusher(): PusherTarget {
  const cloud = cloudPusher(process.env);
  if ("missing" in cloud)
    throw new UsageError(`--pusher cloud needs a real Pusher app in the environment: ${cloud.missing.join("; ")}`);
  return cloud;
}

const exitCodeOf = (error: unknown): number =>
  error instanceof UsageError || error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED;

const describeError = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const parsed = parseStartArguments(process.argv.slice(2));
if (parsed.kind === "help") process.stdout.write(START_HELP);
else if (parsed.kind === "invalid") {
  process.stderr.write(`start: ${parsed.complaints.join("; ")}. Run with --help to see the flags.\n`);
  process.exitCode = EXIT_USAGE;
} else {
  process.exitCode = await run(parsed.options).catch((error: unknown) => {
    process.stderr.write(`start: ${describeError(error)}\n`);
    return exitCodeOf(error);
  });
}
