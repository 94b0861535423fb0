import { type ParsedCommand, printable, readFlags } from "@realtime-gateway/command-line";
import { complaintAboutUserId } from "@realtime-gateway/pusher";

const FLAGS = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

export interface UsersOptions {
  readonly userIds: readonly string[];
  readonly json: boolean;
}

/** Reads the command line, and names every mistake. */
export function parseUsersArguments(argv: readonly string[]): ParsedCommand<UsersOptions> {
  const { values, positionals, complaints: flawed } = readFlags(argv, FLAGS, Number.POSITIVE_INFINITY);
  if (values.help && flawed.length === 0) return { kind: "help" };
  const [verb, ...userIds] = positionals;
  const complaints = [...complaintsAboutVerb(verb, userIds), ...flawed, ...userIds.flatMap(complaintsAboutId)];
  if (complaints.length > 0) return { kind: "invalid", complaints };
  return { kind: "run", options: { userIds: [...new Set(userIds)], json: values.json ?? false } };
}

function complaintsAboutVerb(verb: string | undefined, userIds: readonly string[]): readonly string[] {
  if (verb === undefined) return ["a command is missing: terminate ID [ID...]"];
  if (verb !== "terminate") return [`unknown command "${printable(verb)}": it must be terminate ID [ID...]`];
  return userIds.length === 0 ? ["terminate needs the id of a user"] : [];
}

function complaintsAboutId(userId: string): readonly string[] {
  const complaint = complaintAboutUserId(userId);
  return complaint === undefined ? [] : [`the user id "${printable(userId)}" ${complaint}`];
}
