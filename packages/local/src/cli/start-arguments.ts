import { complaintAboutPort, readFlags } from "@realtime-gateway/command-line";

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

export type StartArguments =
  | { readonly kind: "help" }
  | { readonly kind: "start"; readonly options: StartOptions }
  | { readonly kind: "invalid"; readonly complaints: readonly string[] };

export function parseStartArguments(argv: readonly string[]): StartArguments {
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
    kind: "start",
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

export const START_HELP = `Runs the realtime gateway on this machine: SQS, the relay, Pusher, and the HTTP functions. Plays one audit through
it, then keeps running for your own events until Ctrl-C.

Usage: npm start -- [flags]

  --once             exit after the demo's summary: 0 if every expected delivery arrived, 1 if not
  --no-demo          boot and wait for events
  --json             one JSON object a line; the first says where everything is, the last is a summary
                     (npm start --silent -- --json keeps npm's own lines away)
  --http-port N      port of the HTTP API (default 3000; 0 takes any free one, here and below)
  --sqs-port N       port of SQS (default 4566)
  --pusher-port N    port of the Pusher server (default 6001)
  --pusher cloud     publish to the real app in PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER
                     (and no PUSHER_HOST) in place of the local server
  -h, --help         show this help

The functions get an environment of their own. Of yours they see only the settings that the README lists and that do not name
an app: PUSHER_USE_PRIVATE_CHANNELS, PUSHER_MAX_PAYLOAD_BYTES, PUSHER_DRY_RUN, PUSHER_ENCRYPTION_MASTER_KEY_BASE64 and its
REALTIME_ ones.

Example: PUSHER_USE_PRIVATE_CHANNELS=0 npm start -- --once
`;
