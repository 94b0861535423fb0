import { complaintAboutPort, readFlags } from "@realtime-gateway/command-line";
import { checkApps, DEFAULT_APP, type ServedApp } from "../apps.ts";
import { complaintsAboutFault, faultIn } from "../faults/fault-argument.ts";
import { faultHelp } from "../faults/fault-help.ts";
import { FAULT_EXAMPLES } from "../faults/fault-schema.ts";
import { isWebhookUrl, type PusherServerOptions } from "../options.ts";

export const FLAGS = {
  port: { type: "string", default: "6001" },
  host: { type: "string", default: "127.0.0.1" },
  "app-id": { type: "string", default: DEFAULT_APP.appId },
  key: { type: "string", default: DEFAULT_APP.key },
  secret: { type: "string", default: DEFAULT_APP.secret },
  app: { type: "string", multiple: true },
  tls: { type: "boolean", default: false },
  "certificate-file": { type: "string" },
  "authorization-timeout": { type: "string" },
  "webhook-url": { type: "string" },
  "subscription-count": { type: "boolean", default: false },
  fault: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export interface StartArguments {
  readonly options: PusherServerOptions;
  readonly json: boolean;
  /** The file that gets the server's certificate. */
  readonly certificateFile: string | undefined;
}

export type PusherArguments =
  | { readonly kind: "help" }
  | ({ readonly kind: "start" } & StartArguments)
  | { readonly kind: "invalid"; readonly complaints: readonly string[] };

const NAME = /^[^\s/?#:]+$/;
const APP = /^[^\s/?#:]+:[^\s/?#:]+:.+$/;

type Values = ReturnType<typeof readFlags<typeof FLAGS>>["values"];

/** Parses the command line and reports every mistake, not only the first one. */
export function parseArguments(argv: readonly string[]): PusherArguments {
  const { values, complaints: flawed } = readFlags(argv, FLAGS);
  const complaints = [...flawed, ...complaintsAboutValues(values)];
  if (complaints.length > 0) return { kind: "invalid", complaints };
  if (values.help) return { kind: "help" };
  return {
    kind: "start",
    options: optionsOf(values),
    json: values.json,
    certificateFile: values["certificate-file"],
  };
}

function complaintsAboutValues(values: Values): readonly string[] {
  const complaints: string[] = [];
  const port = complaintAboutPort("port", values.port);
  if (port !== undefined) complaints.push(port);
  if (values.host === "") complaints.push("--host must not be empty");
  if (!NAME.test(values["app-id"])) complaints.push("--app-id must not be empty nor contain spaces, /, ?, # or :");
  if (!NAME.test(values.key)) complaints.push("--key must not be empty nor contain spaces, /, ?, # or :");
  if (values.secret === "") complaints.push("--secret must not be empty");
  const webhookUrl = values["webhook-url"];
  if (webhookUrl !== undefined && !isWebhookUrl(webhookUrl))
    complaints.push(`--webhook-url must be an http or https URL, not "${webhookUrl}"`);
  const timeout = values["authorization-timeout"];
  if (timeout !== undefined && !/^[1-9]\d{0,5}$/.test(timeout)) {
    complaints.push(`--authorization-timeout must be a number of seconds from 1 to 999999, not "${timeout}"`);
  }
  if (values["certificate-file"] !== undefined && !values.tls) complaints.push("--certificate-file needs --tls");
  return [...complaints, ...complaintsAboutApps(values), ...(values.fault ?? []).flatMap(complaintsAboutFault)];
}

function complaintsAboutApps(values: Values): readonly string[] {
  const malformed = (values.app ?? []).filter((text) => !APP.test(text));
  if (malformed.length > 0) return malformed.map((text) => `--app must be ID:KEY:SECRET, not "${text}"`);
  try {
    checkApps(appsOf(values));
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The app of --app-id, --key and --secret, and each app of --app. */
function appsOf(values: Values): readonly ServedApp[] {
  const further = (values.app ?? []).map((text) => {
    const [appId = "", key = "", ...secret] = text.split(":");
    return { appId, key, secret: secret.join(":") };
  });
  return [{ appId: values["app-id"], key: values.key, secret: values.secret }, ...further];
}

function optionsOf(values: Values): PusherServerOptions {
  const url = values["webhook-url"];
  const timeout = values["authorization-timeout"];
  return {
    apps: appsOf(values),
    host: values.host,
    tls: values.tls,
    port: Number(values.port),
    subscriptionCount: values["subscription-count"],
    faults: (values.fault ?? []).map(faultIn),
    ...(url !== undefined && { webhooks: { url } }),
    ...(timeout !== undefined && { authorizationTimeoutSeconds: Number(timeout) }),
  };
}

export const HELP = `Serves Pusher Channels apps on this machine: WebSocket protocol 7, HTTP API and webhooks on one port.

Usage: npx @realtime-gateway/pusher-server [flags]

  --port N                   port to listen on; 0 picks a free one (default 6001)
  --host H                   address to listen on (default 127.0.0.1)
  --app-id ID                the app's id (default 1000)
  --key K                    the app's public key (default local-key)
  --secret S                 the app's secret (default local-secret)
  --app ID:KEY:SECRET        serves a further app; may be given several times
  --tls                      serves https and wss only, with a new certificate of 127.0.0.1, ::1 and localhost
  --certificate-file F       writes this certificate to a file, for clients to trust
  --authorization-timeout S  closes clients with 4009 that are not authorized after S seconds (default: no limit)
  --webhook-url URL          the receiver of signed webhooks (default: the server sends none)
  --subscription-count       enables subscription_count events, webhooks and info attributes
  --fault JSON               makes calls to the HTTP API fail or hang; may be given several times
  --json                     print one line of JSON instead of text when ready
  -h, --help                 show this help

Programs on this machine control the running server over HTTP, below /_control: dist/openapi.yaml in this package.

${faultHelp()}

Example: npx @realtime-gateway/pusher-server --port 6001 --fault '${JSON.stringify(FAULT_EXAMPLES[0])}'
`;
