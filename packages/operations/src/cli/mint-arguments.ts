import { listGrants } from "@realtime-gateway/access";
import { type ParsedCommand, readFlags } from "@realtime-gateway/command-line";

const FLAGS = {
  user: { type: "string" },
  grant: { type: "string", multiple: true },
  channel: { type: "string", multiple: true },
  "socket-id": { type: "string" },
  info: { type: "string" },
  seconds: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export interface MintOptions {
  readonly user: string;
  /** For a token of mode `jwt`. */
  readonly grants: readonly string[];
  /** For an assertion of mode `proxy`. */
  readonly channels: readonly string[];
  readonly socketId: string | undefined;
  readonly userInfo: Readonly<Record<string, unknown>> | undefined;
  /** `undefined`: as long as the mode allows for local use. */
  readonly lifetimeSeconds: number | undefined;
  readonly json: boolean;
}

/** Ten years: longer is a mistake, such as milliseconds. */
const MAX_SECONDS = 315_360_000;

/** Reads the arguments behind `mint`. */
export function parseMintArguments(argv: readonly string[]): ParsedCommand<MintOptions> {
  const { values, complaints: flawed } = readFlags(argv, FLAGS);
  if (values.help && flawed.length === 0) return { kind: "help" };
  const { user, grant: grants = [], seconds, info } = values;
  const userInfo = info === undefined ? undefined : objectIn(info);
  const lifetimeSeconds = seconds === undefined ? undefined : secondsIn(seconds);
  const complaints = [
    ...flawed,
    ...(user ? [] : ["--user is missing"]),
    ...grants.flatMap(complaintsAboutGrant),
    ...(info !== undefined && userInfo === undefined ? ["--info must be a JSON object"] : []),
    ...(seconds !== undefined && lifetimeSeconds === undefined
      ? [`--seconds must be a number from 1 to ${MAX_SECONDS}`]
      : []),
  ];
  if (!user || complaints.length > 0) return { kind: "invalid", complaints };
  return {
    kind: "run",
    options: {
      user,
      grants,
      channels: values.channel ?? [],
      socketId: values["socket-id"],
      userInfo,
      lifetimeSeconds,
      json: values.json ?? false,
    },
  };
}

function complaintsAboutGrant(grant: string): readonly string[] {
  if (listGrants(grant).ignored === 0) return [];
  const withoutPrefix = grant.replace(/^(?:private-encrypted|private|presence)-/, "");
  const hint =
    listGrants(withoutPrefix).ignored === 0
      ? `write ${withoutPrefix}`
      : "a grant is audit-42, audit-* or *, for instance";
  return [`--grant ${grant} opens no channel: ${hint}`];
}

function secondsIn(text: string): number | undefined {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= MAX_SECONDS ? seconds : undefined;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
