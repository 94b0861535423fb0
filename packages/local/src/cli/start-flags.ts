/** The flags of `npm start`. A port without a value of its own follows `--port-base`. */
export const START_FLAGS = {
  once: { type: "boolean", default: false },
  "no-demo": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  fifo: { type: "boolean", default: false },
  fault: { type: "string", multiple: true },
  "port-base": { type: "string" },
  "http-port": { type: "string" },
  "sqs-port": { type: "string" },
  "pusher-port": { type: "string" },
  pusher: { type: "string", default: "local" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** In the order in which they follow `--port-base`. */
export const PORT_FLAGS = ["http-port", "sqs-port", "pusher-port"] as const;

export const DEFAULT_PORTS = { "http-port": 3000, "sqs-port": 4566, "pusher-port": 6001 } as const;

export interface StartHelpWords {
  /** The words in front of the flags. */
  readonly command: string;
  readonly pusherCommand: string;
  readonly quietHint: string;
}

/** The help of the command that runs the gateway, by the names that its reader has for the commands. */
export const startHelp = ({
  command,
  pusherCommand,
  quietHint,
}: StartHelpWords): string => `Runs the realtime gateway on this machine: SQS, the relay, a Pusher server and the HTTP functions. Plays one audit
through it, then processes your own events until Ctrl-C.

Usage: ${command} [flags]

  --once             exit after the demo's summary: 0 if every expected event arrived, 1 if not
  --no-demo          start without the demo, and process events
  --json             one JSON object a line; the first has all addresses, the last is a summary
${quietHint}  --fifo             a FIFO queue: the events of a message group keep their order
  --fault JSON       makes calls to the local Pusher server fail or hang; may be given several times
                     (${pusherCommand} --help explains the JSON)
  --port-base N      three ports in a row: HTTP on N, SQS on N+1, the Pusher server on N+2
  --http-port N      port of the HTTP API (default ${DEFAULT_PORTS["http-port"]}; 0 picks any free port, here and below)
  --sqs-port N       port of SQS (default ${DEFAULT_PORTS["sqs-port"]})
  --pusher-port N    port of the Pusher server (default ${DEFAULT_PORTS["pusher-port"]})
  --pusher cloud     publish to the Pusher app in PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER
                     instead of the local server; PUSHER_HOST must not be set. Only pages of the origins in
                     REALTIME_ALLOWED_ORIGINS may then call the functions
  --pusher own       the same for a Pusher-compatible server of your own (Soketi, Sockudo, Reverb) at PUSHER_HOST,
                     PUSHER_PORT and PUSHER_SCHEME
  -h, --help         show this help

The functions get an environment of their own. Your environment adds the settings in the README that do not name an app:
PUSHER_USE_PRIVATE_CHANNELS, PUSHER_MAX_PAYLOAD_BYTES, PUSHER_DRY_RUN, PUSHER_ENCRYPTION_MASTER_KEY_BASE64 and REALTIME_*.
A misspelt one is an error.
GATEWAY_MAX_RECEIVES (default 240) limits the receives of a message that fails each time: one in 30 seconds, two hours in all.

Examples: PUSHER_USE_PRIVATE_CHANNELS=0 ${command} --once
          ${command} --fault '{"effect":{"kind":"answer","status":500},"when":{"times":2}}'
`;

export const START_HELP = startHelp({
  command: "npm start --",
  pusherCommand: "npm run pusher --",
  quietHint: "                     (npm start --silent -- --json omits npm's own lines)\n",
});
