import { text } from "node:stream/consumers";
import { EXIT_FAILED, type ParsedCommand, printable, runCommand, UsageError } from "@realtime-gateway/command-line";
import {
  type AccessSettings,
  accessSettings,
  ConfigError,
  everySetting,
  readConfig,
  unknownVariables,
} from "@realtime-gateway/settings";
import { explainToken, type TokenExplanation } from "../token/explain-token.ts";
import { mintToken } from "../token/mint-token.ts";
import { renderExplanation } from "../token/render-explanation.ts";
import { type MintOptions, parseMintArguments } from "./mint-arguments.ts";
import { parseTokenArguments, type TokenOptions } from "./token-arguments.ts";
import { TOKEN_HELP } from "./token-help.ts";

type Work = () => Promise<number>;

/** Reads the settings of the auth function. A misspelt name is a fault, as in a deployment. */
function readSettings(): AccessSettings {
  const known = Object.keys(everySetting.variables);
  const faults = unknownVariables(process.env, { known, ownPrefixes: ["REALTIME_"], sharedPrefixes: ["PUSHER_"] });
  if (faults.length > 0) throw new ConfigError(faults);
  return readConfig(accessSettings);
}

async function explain({ token: given, channel, json }: TokenOptions): Promise<number> {
  const settings = readSettings();
  const token = trimmed(given === "-" ? await text(process.stdin) : given);
  const explanation = await explainToken(settings, token, channel, { fetch, now: Date.now });
  process.stdout.write(json ? `${JSON.stringify(explanation)}\n` : renderExplanation(explanation));
  return exitCodeOf(explanation);
}

/** People copy the scheme and line ends together with a token. */
const trimmed = (token: string): string => token.trim().replace(/^bearer\s+/i, "");

const exitCodeOf = ({ verified, channel }: TokenExplanation): number =>
  verified === false || channel?.authorized === false ? EXIT_FAILED : 0;

/** Standard output gets the token only, so that a shell can take it: `TOKEN=$(…)`. */
async function mint(options: MintOptions): Promise<number> {
  const settings = readSettings();
  const minted = await mintToken(settings, options, Date.now());
  if (!minted.ok) throw new UsageError(minted.reasons.join("; "));
  const { token, header, expires } = minted;
  const { mode } = settings.auth;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ mode, user: options.user, token, header, expires })}\n`);
    return 0;
  }
  process.stdout.write(`${token}\n`);
  const name = header.slice(0, header.indexOf(token));
  process.stderr.write(`For ${printable(options.user)} until ${expires}. Send it as: ${name}TOKEN\n`);
  return 0;
}

function parse(argv: readonly string[]): ParsedCommand<Work> {
  const [command, ...rest] = argv;
  return command === "mint" ? later(parseMintArguments(rest), mint) : later(parseTokenArguments(argv), explain);
}

const later = <Options>(
  parsed: ParsedCommand<Options>,
  work: (options: Options) => Promise<number>,
): ParsedCommand<Work> => (parsed.kind === "run" ? { kind: "run", options: () => work(parsed.options) } : parsed);

await runCommand<Work>({
  name: "token",
  help: TOKEN_HELP,
  parse,
  run: (work) => work(),
  isUsageError: (error) => error instanceof ConfigError,
});
