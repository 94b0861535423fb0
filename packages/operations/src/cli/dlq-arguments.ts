import { type ParsedCommand, readFlags } from "@realtime-gateway/command-line";
import type { Selection } from "../selection.ts";
import { isFifo } from "../sqs-queues.ts";

const FLAGS = {
  "queue-url": { type: "string" },
  to: { type: "string" },
  endpoint: { type: "string" },
  region: { type: "string" },
  code: { type: "string", multiple: true },
  event: { type: "string", multiple: true },
  limit: { type: "string" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
  force: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** The flags of each verb, beside the common ones. */
const OWN_FLAGS = {
  list: ["code", "event", "limit"],
  show: [],
  redrive: ["to", "code", "event", "limit", "dry-run", "yes", "force"],
  drop: ["code", "event", "limit", "dry-run", "yes"],
} as const satisfies Record<string, readonly (keyof typeof FLAGS)[]>;
const COMMON_FLAGS: ReadonlySet<string> = new Set(["queue-url", "endpoint", "region", "json", "help"]);

export type Verb = keyof typeof OWN_FLAGS;

const isVerb = (text: string | undefined): text is Verb => text !== undefined && Object.hasOwn(OWN_FLAGS, text);
const VERBS = "list, show ID, redrive or drop";

export interface DlqOptions {
  readonly verb: Verb;
  readonly queueUrl: string;
  /** Set for redrive only. */
  readonly mainQueueUrl?: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly selection: Selection;
  readonly limit: number;
  readonly dryRun: boolean;
  readonly confirmed: boolean;
  /** Redrives also what fails again by its nature. */
  readonly force: boolean;
  readonly json: boolean;
}

export interface CommandSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A person at a terminal can answer a question. */
  readonly interactive: boolean;
}

type Values = ReturnType<typeof readFlags<typeof FLAGS>>["values"];

/** Reads the command line, and names every mistake. */
export function parseDlqArguments(
  argv: readonly string[],
  { env, interactive }: CommandSurroundings,
): ParsedCommand<DlqOptions> {
  const { values, positionals, complaints: flawed } = readFlags(argv, FLAGS, 2);
  if (values.help && flawed.length === 0) return { kind: "help" };
  const [verb, id] = positionals;
  const queueUrl = values["queue-url"] ?? (env.REALTIME_DLQ_URL || undefined);
  const mainQueueUrl = values.to ?? (env.DOMAIN_EVENTS_QUEUE_URL || undefined);
  const complaints = [
    ...complaintsAboutVerb(verb, id),
    ...flawed,
    ...(isVerb(verb) ? complaintsAboutUse(verb, values, interactive) : []),
    ...complaintsAboutUrl("--queue-url", queueUrl, "REALTIME_DLQ_URL"),
    ...(verb === "redrive" ? complaintsAboutMainQueue(mainQueueUrl, queueUrl) : []),
    ...(values.endpoint === undefined ? [] : complaintsAboutUrl("--endpoint", values.endpoint)),
    ...complaintsAboutLimit(values.limit),
  ];
  if (complaints.length > 0 || !isVerb(verb) || queueUrl === undefined) return { kind: "invalid", complaints };
  const { endpoint, region, code, event, limit, json } = values;
  return {
    kind: "run",
    options: {
      verb,
      queueUrl,
      ...(verb === "redrive" && mainQueueUrl !== undefined && { mainQueueUrl }),
      ...(endpoint !== undefined && { endpoint }),
      ...(region !== undefined && { region }),
      selection: { codes: code ?? [], events: event ?? [], ...(id !== undefined && { id }) },
      limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
      dryRun: values["dry-run"] ?? false,
      confirmed: values.yes ?? false,
      force: values.force ?? false,
      json: json ?? false,
    },
  };
}

function complaintsAboutVerb(verb: string | undefined, id: string | undefined): readonly string[] {
  if (verb === undefined) return [`a command is missing: ${VERBS}`];
  if (!isVerb(verb)) return [`unknown command "${verb}": it must be ${VERBS}`];
  if (verb === "show") return id === undefined ? ["show needs the id of a dead letter"] : [];
  return id === undefined ? [] : [`unexpected argument "${id}"`];
}

function complaintsAboutUse(verb: Verb, values: Values, interactive: boolean): readonly string[] {
  const own: readonly string[] = OWN_FLAGS[verb];
  const foreign = Object.keys(values).filter((flag) => !COMMON_FLAGS.has(flag) && !own.includes(flag));
  const changes = verb === "redrive" || verb === "drop";
  const asks = changes && !values["dry-run"] && !values.yes;
  return [
    ...foreign.map((flag) => `${verb} has no flag --${flag}`),
    ...(asks && !interactive ? [`${verb} needs --yes (or --dry-run), because no terminal is there to ask`] : []),
  ];
}

function complaintsAboutUrl(flag: string, text: string | undefined, variable?: string): readonly string[] {
  if (text === undefined) return [`${flag} is missing${variable === undefined ? "" : `; set it, or ${variable}`}`];
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "")
    ? []
    : [`${flag} must be an http or https URL, not "${text}"`];
}

function complaintsAboutMainQueue(mainUrl: string | undefined, deadLetterUrl: string | undefined): readonly string[] {
  const complaints = complaintsAboutUrl("--to", mainUrl, "DOMAIN_EVENTS_QUEUE_URL");
  if (complaints.length > 0 || mainUrl === undefined || deadLetterUrl === undefined) return complaints;
  if (mainUrl === deadLetterUrl) return ["--to must not be the dead-letter queue itself"];
  return isFifo(mainUrl) === isFifo(deadLetterUrl) ? [] : ["--queue-url and --to must both be FIFO queues, or neither"];
}

function complaintsAboutLimit(text: string | undefined): readonly string[] {
  return text === undefined || /^[1-9]\d{0,8}$/.test(text)
    ? []
    : [`--limit must be a whole number from 1, not "${text}"`];
}
