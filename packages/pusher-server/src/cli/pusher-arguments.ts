import { complaintAboutPort, readFlags } from "@realtime-gateway/command-line";
import type { PusherServerOptions } from "../options.ts";
import { parseFault } from "../parse-fault.ts";

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

export type Arguments =
  | { readonly kind: "help" }
  | { readonly kind: "start"; readonly options: PusherServerOptions; readonly json: boolean }
  | { readonly kind: "invalid"; readonly complaints: readonly string[] };

type Values = ReturnType<typeof readFlags<typeof FLAGS>>["values"];

/** Reads the command line; every mistake is named, not only the first one. */
export function parseArguments(argv: readonly string[]): Arguments {
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
  if (!/^[^\s/?#]+$/.test(values["app-id"])) complaints.push("--app-id must not be empty nor hold spaces, /, ? or #");
  if (!/^[^\s/?#:]+$/.test(values.key)) complaints.push("--key must not be empty nor hold spaces, /, ?, # or :");
  if (values.secret === "") complaints.push("--secret must not be empty");
  const webhookUrl = values["webhook-url"];
  if (webhookUrl !== undefined && !/^https?:$/.test(URL.parse(webhookUrl)?.protocol ?? "")) {
    complaints.push(`--webhook-url must be an http or https URL, not "${webhookUrl}"`);
  }
  return [...complaints, ...(values.fault ?? []).flatMap(complaintsAboutFault)];
}

function complaintsAboutFault(text: string): readonly string[] {
  try {
    parseFault(JSON.parse(text));
    return [];
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? "not valid JSON" : String(error).replace(/^Error: Invalid fault: /, "");
    return [`--fault '${text}': ${reason}`];
  }
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
    faults: (values.fault ?? []).map((text) => parseFault(JSON.parse(text))),
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
  --webhook-url URL      receives signed webhooks (default: none are sent)
  --subscription-count   send subscription_count events and webhooks
  --fault JSON           make HTTP API calls go wrong; may be repeated, the first fault that strikes decides
  --json                 print one line of JSON instead of text when ready
  -h, --help             show this help

A fault says which calls (match, default all), what happens (effect) and how often (when, default always):
  match   {"path": "/batch_events", "method": "POST"}
          path is compared below /apps/{id}: exact, a prefix with a final *, a regular expression with a leading ^
  effect  {"kind": "answer", "status": 503, "body": "...", "headers": {"retry-after": "1"}}
          {"kind": "answer", "status": 500, "accepted": true}   the events are published all the same
          {"kind": "wait", "ms": 200}                           before the call is handled
          {"kind": "answer-late", "ms": 5000}                   published, then answered late; without ms never
          {"kind": "stall-body"}                                published, then half an answer
          {"kind": "reset"} or {"kind": "reset", "accepted": true}
  when    {"skip": 2, "times": 3}                               leave 2 calls alone, strike the next 3
          {"probability": 0.1, "seed": 7}                       strike one in ten, the same ones on every run

Example: npm run pusher -- --port 6001 --fault '{"effect":{"kind":"answer","status":500},"when":{"times":2}}'
`;
