import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { EXIT_FAILED, printableLines, runCommand, UsageError } from "@realtime-gateway/command-line";
import { verdictText } from "../verify/verdict-text.ts";
import { verifyMessage } from "../verify/verify-message.ts";
import { parseVerifyArguments, VERIFY_HELP, type VerifyOptions } from "./verify-arguments.ts";

const read = (file: string): Promise<string> =>
  file === "-"
    ? text(process.stdin)
    : readFile(file, "utf8").catch(() => {
        throw new UsageError(`${file} cannot be read`);
      });

async function run({ file, settings, json }: VerifyOptions): Promise<number> {
  const verdict = verifyMessage(await read(file), settings);
  process.stdout.write(json ? `${JSON.stringify(verdict)}\n` : `${printableLines(verdictText(verdict))}\n`);
  return verdict.valid ? 0 : EXIT_FAILED;
}

/** Runs the command with these arguments. */
export const verify = (argv: readonly string[]): Promise<void> =>
  runCommand({ name: "verify", help: VERIFY_HELP, parse: parseVerifyArguments, run }, [...argv]);
