import { onStop, StartError } from "@realtime-gateway/command-line";
import { type PusherServerOptions, startPusherServer } from "../index.ts";
import { HELP, parseArguments } from "./pusher-arguments.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function fail(message: string, exitCode: number): void {
  process.stderr.write(`pusher: ${message}\n`);
  process.exitCode = exitCode;
}

async function start(options: PusherServerOptions, json: boolean): Promise<void> {
  const server = await startPusherServer(options);
  onStop(() => void server.close().then(() => process.exit(0)));
  const { host, port, url } = server;
  const { appId, key } = options;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ready: true, host, port, appId, key })}\n`
      : `Pusher server ready at ${url} (app ${appId}, key ${key})\n`,
  );
}

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case "help":
    process.stdout.write(HELP);
    break;
  case "invalid":
    fail(`${parsed.complaints.join("; ")}. Run with --help to see the flags.`, EXIT_USAGE);
    break;
  case "start": {
    const { options, json } = parsed;
    await start(options, json).catch((error: unknown) =>
      fail(new StartError("--port", options.port ?? 0, error).message, EXIT_FAILED),
    );
  }
}
