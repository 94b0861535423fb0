import { type ParsedCommand, readFlags } from "@realtime-gateway/command-line";

const FLAGS = {
  channel: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export interface TokenOptions {
  /** `-`: standard input has the token. */
  readonly token: string;
  readonly channel: string | undefined;
  readonly json: boolean;
}

/** Reads the command line. A complaint never contains an argument, which could be a part of a token. */
export function parseTokenArguments(argv: readonly string[]): ParsedCommand<TokenOptions> {
  const { values, positionals, complaints: flawed } = readFlags(argv, FLAGS, Number.POSITIVE_INFINITY);
  if (values.help && flawed.length === 0) return { kind: "help" };
  const [token, ...others] = positionals.filter((text) => !/^bearer$/i.test(text));
  const complaints = [
    ...(token === undefined ? ["give the token, or - to read it from standard input"] : []),
    ...(others.length > 0 ? ["give one token only"] : []),
    ...flawed,
  ];
  if (token === undefined || complaints.length > 0) return { kind: "invalid", complaints };
  return { kind: "run", options: { token, channel: values.channel, json: values.json ?? false } };
}
