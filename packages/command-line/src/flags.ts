import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { complaintAboutNpm, type NpmEnvironment } from "./taken-by-npm.ts";

type Token<Flags extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Flags; strict: false; tokens: true }>
>["tokens"][number];

type Values<Flags extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Flags; strict: true }>
>["values"];

export interface ParsedFlags<Flags extends ParseArgsOptionsConfig> {
  readonly values: Values<Flags>;
  /** The arguments that are not flags, in order. */
  readonly positionals: readonly string[];
  readonly complaints: readonly string[];
}

/** Reads the flags of a command line. `complaints` names every mistake, and `values` holds every sound flag. */
export function readFlags<Flags extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  flags: Flags,
  maxPositionals = 0,
  // biome-ignore lint/style/noProcessEnv: npm names the flags that it took only there.
  npm: NpmEnvironment = process.env,
): ParsedFlags<Flags> {
  // In strict mode parseArgs throws at the first mistake. The tokens of a lenient run show all mistakes.
  const { tokens } = parseArgs({ args: [...argv], options: flags, strict: false, tokens: true });
  const positionals = tokens.filter(({ kind }) => kind === "positional");
  const expected = new Set(positionals.slice(0, maxPositionals));
  const complaints = tokens.map((token) => (expected.has(token) ? undefined : complaintAbout(token, flags)));
  const sound = tokens.filter((_, index) => complaints[index] === undefined).flatMap(argumentOf);
  const { values } = parseArgs({ args: sound, options: flags, strict: true });
  return {
    values,
    positionals: [...expected].flatMap((token) => (token.kind === "positional" ? [token.value] : [])),
    complaints: [...complaintAboutNpm(flags, npm), ...complaints.filter((complaint) => complaint !== undefined)],
  };
}

function complaintAbout<Flags extends ParseArgsOptionsConfig>(token: Token<Flags>, flags: Flags): string | undefined {
  if (token.kind === "option-terminator") return undefined;
  if (token.kind === "positional") return `unexpected argument "${token.value}"`;
  const flag = Object.entries(flags).find(([name]) => name === token.name)?.[1];
  if (flag === undefined) return `unknown flag ${token.rawName}`;
  if (flag.type === "boolean") return token.value === undefined ? undefined : `${token.rawName} takes no value`;
  const missing = token.value === undefined || (!token.inlineValue && token.value.startsWith("-"));
  return missing ? `${token.rawName} needs a value` : undefined;
}

function argumentOf<Flags extends ParseArgsOptionsConfig>(token: Token<Flags>): readonly string[] {
  if (token.kind !== "option") return [];
  return [token.value === undefined ? `--${token.name}` : `--${token.name}=${token.value}`];
}

const MAX_PORT = 65_535;

/** `undefined` for a sound port. Port 0 asks for any free one. */
export const complaintAboutPort = (flag: string, text: string): string | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT
    ? undefined
    : `--${flag} must be a number from 0 to ${MAX_PORT}, not "${text}"`;
