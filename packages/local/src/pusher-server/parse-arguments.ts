import { parseArgs } from "node:util";
import type { PusherServerOptions } from "./options.ts";
import { parseFault } from "./parse-fault.ts";

const FLAGS = {
  port: { type: "string", default: "6001" },
  host: { type: "string", default: "127.0.0.1" },
  "app-id": { type: "string", default: "local" },
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

type Values = ReturnType<typeof parseArgs<{ options: typeof FLAGS; strict: true }>>["values"];
type Token = ReturnType<typeof parseArgs<{ strict: false; tokens: true }>>["tokens"][number];

/** Reads the command line; every mistake is named, not only the first one. */
export function parseArguments(argv: readonly string[]): Arguments {
  // parseArgs throws at the first mistake. Its tokens, read leniently, show all of them, and what is sound beside them.
  const { tokens } = parseArgs({ args: [...argv], options: FLAGS, strict: false, tokens: true });
  const shape = tokens.map(complaintAboutToken);
  const sound = tokens.filter((_, index) => shape[index] === undefined).flatMap(argumentOf);
  const { values } = parseArgs({ args: sound, options: FLAGS, strict: true });
  const complaints = [...shape.filter((complaint) => complaint !== undefined), ...complaintsAboutValues(values)];
  if (complaints.length > 0) return { kind: "invalid", complaints };
  return values.help ? { kind: "help" } : { kind: "start", options: optionsOf(values), json: values.json };
}

function complaintAboutToken(token: Token): string | undefined {
  if (token.kind === "option-terminator") return undefined;
  if (token.kind === "positional") return `unexpected argument "${token.value}"`;
  const flag = Object.entries(FLAGS).find(([name]) => name === token.name)?.[1];
  if (flag === undefined) return `unknown flag ${token.rawName}`;
  if (flag.type === "boolean") return token.value === undefined ? undefined : `${token.rawName} takes no value`;
  const missing = token.value === undefined || (!token.inlineValue && token.value.startsWith("-"));
  return missing ? `${token.rawName} needs a value` : undefined;
}

function argumentOf(token: Token): readonly string[] {
  if (token.kind !== "option") return [];
  return [token.value === undefined ? `--${token.name}` : `--${token.name}=${token.value}`];
}

function complaintsAboutValues(values: Values): readonly string[] {
  const complaints: string[] = [];
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    complaints.push(`--port must be a number from 0 to 65535, not "${values.port}"`);
  }
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
  --app-id ID            the app's id (default local)
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
