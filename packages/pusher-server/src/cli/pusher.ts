#!/usr/bin/env node
import { writeFile } from "node:fs/promises";
import { EXIT_FAILED, EXIT_USAGE, onStop, StartError } from "@realtime-gateway/command-line";
import { startPusherServer } from "../index.ts";
import { HELP, parseArguments, type StartArguments } from "./pusher-arguments.ts";

function fail(message: string, exitCode: number): void {
  process.stderr.write(`pusher-server: ${message}\n`);
  process.exitCode = exitCode;
}

async function start({ options, json, certificateFile }: StartArguments): Promise<void> {
  const server = await startPusherServer(options);
  onStop(() => void server.close().then(() => process.exit(0)));
  const { host, port, url, certificate } = server;
  if (certificateFile !== undefined && certificate !== undefined) await writeFile(certificateFile, certificate);
  const { appId, key } = server.options;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ready: true, url, host, port, appId, key, certificate })}\n`
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
  case "start":
    await start(parsed).catch((error: unknown) =>
      fail(new StartError("--port", parsed.options.port ?? 0, error).message, EXIT_FAILED),
    );
}
