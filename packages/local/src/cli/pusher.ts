import { type PusherServerOptions, startPusherServer } from "../pusher-server/index.ts";
import { HELP, parseArguments } from "../pusher-server/parse-arguments.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const PARENT_CHECK_MS = 250;

function fail(message: string, exitCode: number): void {
  process.stderr.write(`pusher: ${message}\n`);
  process.exitCode = exitCode;
}

function explain(error: unknown, { host, port }: PusherServerOptions): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `port ${port} of ${host} is already in use; choose another one with --port`;
  if (code === "EACCES") return `port ${port} may not be used by this user; choose another one with --port`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `${host} is not an address of this machine; choose another one with --host`;
  }
  return error instanceof Error ? error.message : String(error);
}

async function start(options: PusherServerOptions, json: boolean): Promise<void> {
  const server = await startPusherServer(options);
  const stop = (): void => void server.close().then(() => process.exit(0));
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  stopWithNpm(stop);
  const { host, port, url } = server;
  const { appId, key } = options;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ready: true, host, port, appId, key })}\n`
      : `Pusher server ready at ${url} (app ${appId}, key ${key})\n`,
  );
}

/** npm runs its scripts in a shell. A signal to npm ends the shell and does not reach us, but it was meant for us. */
function stopWithNpm(stop: () => void): void {
  // biome-ignore lint/style/noProcessEnv: only there does npm say that it started this process.
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && stop(), PARENT_CHECK_MS).unref();
}

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case "help":
    process.stdout.write(HELP);
    break;
  case "invalid":
    fail(`${parsed.complaints.join("; ")}. Run with --help to see the flags.`, EXIT_USAGE);
    break;
  case "start":
    await start(parsed.options, parsed.json).catch((error) => fail(explain(error, parsed.options), EXIT_FAILED));
}
