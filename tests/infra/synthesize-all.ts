import type { TestProject } from "vitest/node";
import { STAGES, type StageName } from "./stages.ts";
import { lockSst } from "./synth/lock.ts";
import { type CliRun, synthesize } from "./synth/synthesize.ts";

/** Each stage once, one after another, as they share `.sst`; the first has npm fetch SST's platform. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const unlock = await lockSst();
  const run = (name: StageName): Promise<CliRun> => synthesize(STAGES[name]);
  const ci = await run("ci");
  const production = await run("production");
  const other = await run("other");
  const refused = await run("refused");
  project.provide("stages", { ci, production, other, refused });
  return unlock;
}
