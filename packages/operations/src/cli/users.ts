import { createPusherClient } from "@realtime-gateway/pusher";
import { ConfigError, type PusherSettings, pusherSettings, readConfig } from "@realtime-gateway/settings";
import { type TerminationEnding, terminate } from "../termination.ts";
import { createTerminationJsonReport, createTerminationReport } from "../termination-report.ts";
import { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_USAGE } from "./exit-codes.ts";
import { createStopSignal } from "./stop-signal.ts";
import { parseUsersArguments } from "./users-arguments.ts";
import { USERS_HELP } from "./users-help.ts";

const toStdout = (text: string): void => void process.stdout.write(text);
const note = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(userIds: readonly string[], json: boolean, settings: PusherSettings): Promise<number> {
  const { app, pusherTimeoutMs } = settings;
  const peer = `${app.host}:${app.port}`;
  const client = createPusherClient(app, { timeoutMs: pusherTimeoutMs, maxConnections: 1 });
  const signal = createStopSignal(() => note("Stopping after the user who is being closed."));
  const report = json
    ? createTerminationJsonReport(toStdout)
    : createTerminationReport({ write: toStdout, note, peer });
  const { terminateUserConnections } = client;
  try {
    return exitCodeOf(await terminate(userIds, { terminateUserConnections, signal, report }));
  } finally {
    client.close();
  }
}

const exitCodeOf = ({ left, failed }: TerminationEnding): number =>
  left > 0 ? EXIT_INTERRUPTED : failed > 0 ? EXIT_FAILED : 0;

/** What is wrong with the environment, or the app that it names. */
function readSettings(): PusherSettings | ConfigError {
  try {
    return readConfig(pusherSettings, process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

const parsed = parseUsersArguments(process.argv.slice(2));
if (parsed.kind === "help") toStdout(USERS_HELP);
else if (parsed.kind === "invalid") {
  note(`users: ${parsed.complaints.join("; ")}. Run with --help to see the flags.`);
  process.exitCode = EXIT_USAGE;
} else {
  const settings = readSettings();
  if (settings instanceof ConfigError) note(`users: ${settings.message}`);
  process.exitCode = settings instanceof ConfigError ? EXIT_USAGE : await main(parsed.userIds, parsed.json, settings);
}
