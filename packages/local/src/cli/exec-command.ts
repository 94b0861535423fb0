import { type Command, readFlags } from "@realtime-gateway/command-line";
import { complaintsAboutFault, type Fault, faultIn } from "@realtime-gateway/pusher-server";
import { ConfigError } from "@realtime-gateway/settings";
import { startGateway } from "../gateway/start-gateway.ts";
import { readStartSettings } from "../stack/start-settings.ts";
import { runProgram } from "./run-program.ts";

export interface ExecOptions {
  readonly program: string;
  readonly programArguments: readonly string[];
  readonly fifo: boolean;
  readonly faults: readonly Fault[];
}

const FLAGS = {
  fifo: { type: "boolean", default: false },
  fault: { type: "string", multiple: true },
  help: { type: "boolean", short: "h", default: false },
} as const;

const help = (
  command: string,
): string => `Starts a gateway on free ports, and runs a command with its environment. Ends with the exit code of the command.
Signals reach the command, and the gateway ends after it.

Usage: ${command} [flags] -- COMMAND [arguments]

  --fifo             a FIFO queue: the events of a message group keep their order
  --fault JSON       makes calls to the Pusher server fail or hang; may be given several times
                     (npx @realtime-gateway/pusher-server --help explains the JSON)
  -h, --help         show this help

The command gets your environment, and these variables:
  DOMAIN_EVENTS_QUEUE_URL, AWS_ENDPOINT_URL_SQS and AWS_* for the service that sends events
  PUSHER_* and NEXT_PUBLIC_* for the page that receives them
  LOCAL_GATEWAY_URL for the control API, below /_realtime

Your environment sets the gateway's settings, as in a deployment: REALTIME_* and PUSHER_USE_PRIVATE_CHANNELS,
PUSHER_MAX_PAYLOAD_BYTES, PUSHER_DRY_RUN, PUSHER_ENCRYPTION_MASTER_KEY_BASE64. A misspelt one is an error.

Exit codes: the command's; 128 and the number of the signal that ended it; 127 if it cannot run; 1 if the gateway cannot
start; 2 if the flags or the settings are wrong.

Example: ${command} -- npx vitest run
`;

/** `exec -- COMMAND`, for suites in any language. */
export const execCommand = (env: NodeJS.ProcessEnv, command: string): Command<ExecOptions> => ({
  name: "local exec",
  help: help(command),
  parse(argv) {
    const end = argv.indexOf("--");
    const [program, ...programArguments] = end === -1 ? [] : argv.slice(end + 1);
    const { values, complaints: flawed } = readFlags(end === -1 ? argv : argv.slice(0, end), FLAGS);
    const { fifo, fault = [] } = values;
    if (values.help && flawed.length === 0) return { kind: "help" };
    const missing = program === undefined ? ["the command is missing: write -- in front of it"] : [];
    const complaints = [...flawed, ...fault.flatMap(complaintsAboutFault), ...missing];
    if (program === undefined || complaints.length > 0) return { kind: "invalid", complaints };
    return { kind: "run", options: { program, programArguments, fifo, faults: fault.map(faultIn) } };
  },
  async run({ program, programArguments, fifo, faults }) {
    const { variables } = readStartSettings(env, undefined);
    await using gateway = await startGateway({
      env: variables,
      fifo,
      faults: faults.map((fault) => ({ ...fault, part: "pusher" as const })),
    });
    return await runProgram(program, programArguments, { ...env, ...gateway.env });
  },
  isUsageError: (error) => error instanceof ConfigError,
});
