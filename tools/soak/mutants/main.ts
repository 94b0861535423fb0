import { createProgress } from "../../bench/progress.ts";
import { MUTANTS_HELP, parseMutantsArguments } from "./arguments.ts";
import { MUTANTS } from "./mutants.ts";
import { mutantsTable } from "./report.ts";
import { type MutantTrial, type MutantTrialOptions, RELAY_RUNS, tryMutant, tryRelay } from "./trial.ts";

const EXIT_MISSED = 1;
const EXIT_USAGE = 2;

async function run(options: MutantTrialOptions, only: string | undefined): Promise<void> {
  const mutants = MUTANTS.filter(({ name }) => only === undefined || name.includes(only));
  const progress = createProgress(process.stderr);
  const trials: MutantTrial[] = [];
  for (const relayRun of RELAY_RUNS) {
    progress.show(`the relay itself, ${JSON.stringify(relayRun)}`);
    trials.push(await tryRelay(relayRun, options));
  }
  for (const [index, mutant] of mutants.entries()) {
    progress.show(`${index + 1} of ${mutants.length}: ${mutant.name}`);
    trials.push(await tryMutant(mutant, options));
  }
  progress.clear();
  console.log(mutantsTable(trials, options));
  if (trials.some(({ passed }) => !passed)) process.exitCode = EXIT_MISSED;
}

const parsed = parseMutantsArguments(process.argv.slice(2));
switch (parsed.kind) {
  case "help":
    process.stdout.write(MUTANTS_HELP);
    break;
  case "invalid":
    process.stderr.write(`soak:mutants: ${parsed.complaint}\n\n${MUTANTS_HELP}`);
    process.exitCode = EXIT_USAGE;
    break;
  case "mutants":
    await run(parsed.options, parsed.only);
}
