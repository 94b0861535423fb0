import type { TestProject } from "vitest/node";
import { STAGES, type StageName } from "./stages.ts";
import { type CliRun, synthesize } from "./synth/synthesize.ts";

/** Each stage once, one after another, as they share `.sst`; the first has npm fetch SST's platform. */
export async function setup(project: TestProject): Promise<void> {
  const run = (name: StageName): Promise<CliRun> => synthesize(STAGES[name].stage, STAGES[name].env);
  const ci = await run("ci");
  const production = await run("production");
  const other = await run("other");
  const refused = await run("refused");
  project.provide("stages", { ci, production, other, refused });
}
