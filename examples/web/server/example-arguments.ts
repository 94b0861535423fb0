import { complaintAboutPort, type ParsedCommand, readFlags } from "@realtime-gateway/command-line";

/** A port of 0 takes a free one. */
export interface ExamplePorts {
  /** The page and its REST API. */
  readonly port: number;
  readonly httpPort: number;
  readonly sqsPort: number;
  readonly pusherPort: number;
}

const FLAGS = {
  "port-base": { type: "string" },
  port: { type: "string" },
  "http-port": { type: "string" },
  "sqs-port": { type: "string" },
  "pusher-port": { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** In the order in which they follow `--port-base`. */
const PORT_FLAGS = ["port", "http-port", "sqs-port", "pusher-port"] as const;
const MAX_PORT_BASE = 65_532;
/** Vite's own. */
const DEFAULT_PORT = 5173;

export const EXAMPLE_HELP = `Runs a page of an audit platform on this machine: the page, its REST API, and the gateway.
Start an audit on the page, and cut its connection. Ctrl-C ends everything.

Usage: npm run example -- [flags]

  --port N           port of the page (default ${DEFAULT_PORT}; 0 picks any free port, here and below)
  --http-port N      port of the gateway's HTTP API (default 0)
  --sqs-port N       port of SQS (default 0)
  --pusher-port N    port of the Pusher server (default 0)
  --port-base N      four ports in a row: the page on N, HTTP on N+1, SQS on N+2, the Pusher server on N+3
  -h, --help         show this help

Routes: /          the page on @realtime-gateway/client
        /bare      the same page on bare pusher-js
        /compare   both, side by side
`;

export function parseExampleArguments(argv: readonly string[]): ParsedCommand<ExamplePorts> {
  const { values, complaints: flawed } = readFlags(argv, FLAGS);
  const complaints = [
    ...flawed,
    ...(["port-base", ...PORT_FLAGS] as const).flatMap((flag) => {
      const text = values[flag];
      return text === undefined ? [] : (complaintAboutPort(flag, text) ?? []);
    }),
    ...(Number(values["port-base"]) > MAX_PORT_BASE
      ? [`--port-base must leave room for four ports: ${MAX_PORT_BASE} or less`]
      : []),
  ];
  if (complaints.length > 0) return { kind: "invalid", complaints };
  if (values.help) return { kind: "help" };
  const { "port-base": base } = values;
  const portAt = (index: 0 | 1 | 2 | 3): number => {
    const own = values[PORT_FLAGS[index]];
    if (own !== undefined) return Number(own);
    if (base === undefined) return index === 0 ? DEFAULT_PORT : 0;
    return Number(base) === 0 ? 0 : Number(base) + index;
  };
  return {
    kind: "run",
    options: { port: portAt(0), httpPort: portAt(1), sqsPort: portAt(2), pusherPort: portAt(3) },
  };
}
