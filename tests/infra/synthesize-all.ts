import type { TestProject } from "vitest/node";
import { STAGES, type StageName } from "./stages.ts";
import { lockSst } from "./synth/lock.ts";
import { type CliRun, synthesize } from "./synth/synthesize.ts";

/** Synthesizes the stages one after another, because they share `.sst`. In the first run, npm downloads SST's platform. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const unlock = await lockSst();
  const run = (name: StageName): Promise<CliRun> => synthesize(STAGES[name]);
  const ci = await run("ci");
  const production = await run("production");
  const other = await run("other");
  const patient = await run("patient");
  const faulty = await run("faulty");
  project.provide("stages", { ci, production, other, patient, faulty });
  return unlock;
}
