import { complaintAboutPort, readFlags } from "@realtime-gateway/command-line";
import { complaintsAboutFault, faultIn } from "../faults/fault-argument.ts";
import { faultHelp } from "../faults/fault-help.ts";
import { FAULT_EXAMPLES } from "../faults/fault-schema.ts";
import type { PusherServerOptions } from "../options.ts";

const FLAGS = {
  port: { type: "string", default: "6001" },
  host: { type: "string", default: "127.0.0.1" },
  "app-id": { type: "string", default: "1000" },
  key: { type: "string", default: "local-key" },
  secret: { type: "string", default: "local-secret" },
  "webhook-url": { type: "string" },
  "subscription-count": { type: "boolean", default: false },
  fault: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export type PusherArguments =
  | { readonly kind: "help" }
  | { readonly kind: "start"; readonly options: PusherServerOptions; readonly json: boolean }
  | { readonly kind: "invalid"; readonly complaints: readonly string[] };

type Values = ReturnType<typeof readFlags<typeof FLAGS>>["values"];

/** Parses the command line and reports every mistake, not only the first one. */
export function parseArguments(argv: readonly string[]): PusherArguments {
  const { values, complaints: flawed } = readFlags(argv, FLAGS);
  const complaints = [...flawed, ...complaintsAboutValues(values)];
  if (complaints.length > 0) return { kind: "invalid", complaints };
  return values.help ? { kind: "help" } : { kind: "start", options: optionsOf(values), json: values.json };
}

function complaintsAboutValues(values: Values): readonly string[] {
  const complaints: string[] = [];
  const port = complaintAboutPort("port", values.port);
  if (port !== undefined) complaints.push(port);
  if (values.host === "") complaints.push("--host must not be empty");
  if (!/^[^\s/?#]+$/.test(values["app-id"]))
    complaints.push("--app-id must not be empty nor contain spaces, /, ? or #");
  if (!/^[^\s/?#:]+$/.test(values.key)) complaints.push("--key must not be empty nor contain spaces, /, ?, # or :");
  if (values.secret === "") complaints.push("--secret must not be empty");
  const webhookUrl = values["webhook-url"];
  if (webhookUrl !== undefined && !/^https?:$/.test(URL.parse(webhookUrl)?.protocol ?? "")) {
    complaints.push(`--webhook-url must be an http or https URL, not "${webhookUrl}"`);
  }
  return [...complaints, ...(values.fault ?? []).flatMap(complaintsAboutFault)];
}

function optionsOf(values: Values): PusherServerOptions {
  const webhookUrl = values["webhook-url"];
  return {
    appId: values["app-id"],
    key: values.key,
    secret: values.secret,
    host: values.host,
    port: Number(values.port),
    subscriptionCount: values["subscription-count"],
    faults: (values.fault ?? []).map(faultIn),
    ...(webhookUrl !== undefined && { webhookUrl }),
  };
}

export const HELP = `Serves a Pusher Channels app on this machine: WebSocket protocol 7, HTTP API and webhooks on one port.

Usage: npm run pusher -- [flags]

  --port N               port to listen on; 0 picks a free one (default 6001)
  --host H               address to listen on (default 127.0.0.1)
  --app-id ID            the app's id (default 1000)
  --key K                the app's public key (default local-key)
  --secret S             the app's secret (default local-secret)
  --webhook-url URL      the receiver of signed webhooks (default: the server sends none)
  --subscription-count   enables subscription_count events, webhooks and info attributes
  --fault JSON           makes calls to the HTTP API fail or hang; may be given several times
  --json                 print one line of JSON instead of text when ready
  -h, --help             show this help

${faultHelp()}

Example: npm run pusher -- --port 6001 --fault '${JSON.stringify(FAULT_EXAMPLES[0])}'
`;
