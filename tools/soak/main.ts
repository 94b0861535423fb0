import { buildFunctions } from "../build.ts";
import { HELP, parseArguments } from "./arguments.ts";
import { createProgressLine } from "./report/progress-line.ts";
import { reportOf } from "./report/report.ts";
import { type SoakOptions, soak } from "./soak.ts";

const EXIT_VIOLATION = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

async function run(options: SoakOptions, json: boolean): Promise<never> {
  // The functions' processes end by themselves after this one.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(EXIT_INTERRUPTED));
  await buildFunctions();
  const progress = createProgressLine(process.stderr, options.messages);
  const result = await soak(options, progress.show);
  progress.clear();
  console.log(json ? JSON.stringify(result) : reportOf(result));
  // Node 24.21 may spin for ever when it cleans up after many reset connections (`CleanupHandles`). This exit skips that.
  process.exit(result.violations.length > 0 ? EXIT_VIOLATION : 0);
}

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case "help":
    process.stdout.write(HELP);
    break;
  case "invalid":
    process.stderr.write(`soak: ${parsed.complaint}\n\n${HELP}`);
    process.exitCode = EXIT_USAGE;
    break;
  case "soak":
    await run(parsed.options, parsed.json);
}
