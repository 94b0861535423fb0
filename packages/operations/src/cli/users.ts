import { createStopSignal, EXIT_FAILED, EXIT_INTERRUPTED, runCommand } from "@realtime-gateway/command-line";
import { createPusherClient } from "@realtime-gateway/pusher";
import { ConfigError, pusherSettings, readConfig } from "@realtime-gateway/settings";
import { type TerminationSummary, terminate } from "../termination.ts";
import { createTerminationJsonReport, createTerminationReport } from "../termination-report.ts";
import { parseUsersArguments, type UsersOptions } from "./users-arguments.ts";
import { USERS_HELP } from "./users-help.ts";

const toStdout = (text: string): void => void process.stdout.write(text);
const note = (text: string): void => void process.stderr.write(`${text}\n`);

async function run({ userIds, json }: UsersOptions): Promise<number> {
  const { app, pusherTimeoutMs } = readConfig(pusherSettings, process.env);
  const signal = createStopSignal({
    onFirstStop: () => note("Stopping after the current user."),
    onSecondStop: () => process.exit(EXIT_INTERRUPTED),
  });
  const report = json
    ? createTerminationJsonReport(toStdout)
    : createTerminationReport({ write: toStdout, note, peer: `${app.host}:${app.port}` });
  const client = createPusherClient(app, { timeoutMs: pusherTimeoutMs, maxConnections: 1 });
  const { terminateUserConnections } = client;
  try {
    return exitCodeOf(await terminate(userIds, { terminateUserConnections, signal, report }));
  } finally {
    client.close();
  }
}

const exitCodeOf = ({ left, failed }: TerminationSummary): number =>
  left > 0 ? EXIT_INTERRUPTED : failed > 0 ? EXIT_FAILED : 0;

await runCommand({
  name: "users",
  help: USERS_HELP,
  parse: parseUsersArguments,
  run,
  isUsageError: (error) => error instanceof ConfigError,
});
