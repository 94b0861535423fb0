import { complaintAboutPort, type ParsedCommand, readFlags } from "@realtime-gateway/command-line";

const FLAGS = {
  once: { type: "boolean", default: false },
  "no-demo": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  "http-port": { type: "string", default: "3000" },
  "sqs-port": { type: "string", default: "4566" },
  "pusher-port": { type: "string", default: "6001" },
  pusher: { type: "string", default: "local" },
  help: { type: "boolean", short: "h", default: false },
} as const;

export interface StartOptions {
  readonly once: boolean;
  readonly demo: boolean;
  readonly json: boolean;
  readonly httpPort: number;
  readonly sqsPort: number;
  readonly pusherPort: number;
  readonly pusher: "local" | "cloud";
}

export function parseStartArguments(argv: readonly string[]): ParsedCommand<StartOptions> {
  const { values, complaints: flawed } = readFlags(argv, FLAGS);
  const ports = (["http-port", "sqs-port", "pusher-port"] as const).map((flag) =>
    complaintAboutPort(flag, values[flag]),
  );
  const { pusher } = values;
  const complaints = [
    ...flawed,
    ...ports.filter((complaint) => complaint !== undefined),
    ...(pusher === "local" || pusher === "cloud" ? [] : [`--pusher must be local or cloud, not "${pusher}"`]),
    ...(values.once && values["no-demo"] ? ["--once exits after the demo, which --no-demo leaves out"] : []),
  ];
  if (complaints.length > 0) return { kind: "invalid", complaints };
  if (values.help) return { kind: "help" };
  return {
    kind: "run",
    options: {
      once: values.once,
      demo: !values["no-demo"],
      json: values.json,
      httpPort: Number(values["http-port"]),
      sqsPort: Number(values["sqs-port"]),
      pusherPort: Number(values["pusher-port"]),
      pusher: pusher === "cloud" ? "cloud" : "local",
    },
  };
}

export const START_HELP = `Runs the realtime gateway on this machine: SQS, the relay, a Pusher server and the HTTP functions. Plays one audit
through it, then processes your own events until Ctrl-C.

Usage: npm start -- [flags]

  --once             exit after the demo's summary: 0 if every expected event arrived, 1 if not
  --no-demo          start without the demo, and process events
  --json             one JSON object a line; the first has all addresses, the last is a summary
                     (npm start --silent -- --json omits npm's own lines)
  --http-port N      port of the HTTP API (default 3000; 0 picks any free port, here and below)
  --sqs-port N       port of SQS (default 4566)
  --pusher-port N    port of the Pusher server (default 6001)
  --pusher cloud     publish to the Pusher app in PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER
                     instead of the local server; PUSHER_HOST must not be set. Only pages of the origins in
                     REALTIME_ALLOWED_ORIGINS may then call the functions
  -h, --help         show this help

The functions get an environment of their own. Your environment adds the settings in the README that do not name an app:
PUSHER_USE_PRIVATE_CHANNELS, PUSHER_MAX_PAYLOAD_BYTES, PUSHER_DRY_RUN, PUSHER_ENCRYPTION_MASTER_KEY_BASE64 and REALTIME_*.
GATEWAY_MAX_RECEIVES (default 240) limits the receives of a message that fails each time: one in 30 seconds, two hours in all.

Example: PUSHER_USE_PRIVATE_CHANNELS=0 npm start -- --once
`;
