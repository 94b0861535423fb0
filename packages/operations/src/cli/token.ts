import { text } from "node:stream/consumers";
import { EXIT_FAILED, runCommand } from "@realtime-gateway/command-line";
import { accessSettings, ConfigError, readConfig } from "@realtime-gateway/settings";
import { explainToken, type TokenExplanation } from "../token/explain-token.ts";
import { renderExplanation } from "../token/render-explanation.ts";
import { parseTokenArguments, type TokenOptions } from "./token-arguments.ts";
import { TOKEN_HELP } from "./token-help.ts";

async function run({ token: given, channel, json }: TokenOptions): Promise<number> {
  const settings = readConfig(accessSettings);
  const token = trimmed(given === "-" ? await text(process.stdin) : given);
  const explanation = await explainToken(settings, token, channel, { fetch, now: Date.now });
  process.stdout.write(json ? `${JSON.stringify(explanation)}\n` : renderExplanation(explanation));
  return exitCodeOf(explanation);
}

/** People copy the scheme and line ends together with a token. */
const trimmed = (token: string): string => token.trim().replace(/^bearer\s+/i, "");

const exitCodeOf = ({ verified, channel }: TokenExplanation): number =>
  verified === false || channel?.authorized === false ? EXIT_FAILED : 0;

await runCommand({
  name: "token",
  help: TOKEN_HELP,
  parse: parseTokenArguments,
  run,
  isUsageError: (error) => error instanceof ConfigError,
});
