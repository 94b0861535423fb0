/** Stands in for the Pulumi command line, as `sst diff` drives it: `version`, `stack init`, `preview`. */
import { readFileSync, writeFileSync } from "node:fs";
import { writeEventLog } from "./event-log.ts";
import { stateFile, writeEmptyState, writeResources } from "./pulumi-state.ts";
import { runProgram } from "./run-program.ts";
import type { StageInput } from "./synthesize.ts";

/** SST 4.17.1 expects this release. */
const VERSION = "v3.215.0";

const [command, ...rest] = process.argv.slice(2);
const flag = (name: string): string => rest[rest.indexOf(name) + 1] ?? "";
const region = rest.flatMap((value) => /^aws:region=(.+)$/.exec(value)?.[1] ?? [])[0] ?? "";

async function preview(): Promise<number> {
  const stack = flag("--stack");
  const [, app = "", stage = ""] = stack.split("/");
  // The program changes the directory.
  const directory = process.cwd();
  const { account }: Pick<StageInput, "account"> = JSON.parse(process.env.SYNTHESIS_ACCOUNT ?? "{}");
  const main = /^main: (.*)$/m.exec(readFileSync("Pulumi.yaml", "utf8"))?.[1] ?? "";
  const synthesis = await runProgram({ main, app, stage, region, account });
  writeFileSync(process.env.SYNTHESIS_FILE ?? "synthesis.json", JSON.stringify(synthesis));
  writeResources(stateFile(directory, stack), synthesis);
  writeEventLog(flag("--event-log"), synthesis);
  for (const error of synthesis.errors) console.error(error);
  return synthesis.errors.length > 0 ? 1 : 0;
}

async function run(): Promise<number> {
  if (command === "version") console.log(VERSION);
  else if (command === "stack" && rest[0] === "init")
    writeEmptyState(stateFile(process.cwd(), rest[1] ?? ""), rest[1] ?? "");
  else if (command === "preview") return await preview();
  else {
    console.error(`The stand-in of Pulumi has no command ${command}`);
    return 1;
  }
  return 0;
}

process.exit(await run());
