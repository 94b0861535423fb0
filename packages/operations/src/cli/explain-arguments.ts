import { type ParsedCommand, printable, readFlags } from "@realtime-gateway/command-line";

const FLAGS = {
  "log-group": { type: "string" },
  since: { type: "string" },
  region: { type: "string" },
  endpoint: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export interface ExplainOptions {
  readonly id: string;
  readonly logGroup: string;
  /** How far back to look. */
  readonly sinceSeconds: number;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly json: boolean;
}

/** The log omits other ids, because they may be free text. */
const LOGGED_ID = /^[\w.:/-]{1,100}$/;
const DEFAULT_SINCE = "1d";
const SECONDS = { m: 60, h: 3_600, d: 86_400 } as const;

/** Reads the command line, and names every mistake. */
export function parseExplainArguments(argv: readonly string[]): ParsedCommand<ExplainOptions> {
  const { values, positionals, complaints: flawed } = readFlags(argv, FLAGS, Number.POSITIVE_INFINITY);
  if (values.help && flawed.length === 0) return { kind: "help" };
  const [id = "", ...others] = positionals;
  const { "log-group": logGroup = "", since = DEFAULT_SINCE, region, endpoint, json = false } = values;
  const sinceSeconds = secondsIn(since);
  const complaints = [
    ...(others.length > 0 ? ["give one id only"] : []),
    ...(LOGGED_ID.test(id) ? [] : [id === "" ? "give the id of an event or of its message" : notLogged(id)]),
    ...(logGroup === "" ? ["--log-group is missing: the name of the relay's log group"] : []),
    ...(sinceSeconds === undefined ? [`--since "${printable(since)}" is no time: write 30m, 6h or 2d`] : []),
    ...flawed,
  ];
  if (sinceSeconds === undefined || complaints.length > 0) return { kind: "invalid", complaints };
  return { kind: "run", options: { id, logGroup, sinceSeconds, region, endpoint, json } };
}

const notLogged = (id: string): string =>
  `the log has no such id as "${printable(id)}": it omits ids that may be free text. Use the message's id`;

function secondsIn(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  return count !== undefined && (unit === "m" || unit === "h" || unit === "d")
    ? Number(count) * SECONDS[unit]
    : undefined;
}
