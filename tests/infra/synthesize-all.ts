import type { TestProject } from "vitest/node";
import { STAGES, type StageName } from "./stages.ts";
import { setupFault } from "./synth/first-run.ts";
import { lockSst } from "./synth/lock.ts";
import { type CliRun, PROJECT_ROOT, synthesize } from "./synth/synthesize.ts";

/** Synthesizes the stages one after another, because they share `.sst`. In the first run, npm downloads SST's platform. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const unlock = await lockSst();
  const run = (name: StageName): Promise<CliRun> => synthesize(STAGES[name]);
  const ci = await run("ci");
  const fault = await setupFault(PROJECT_ROOT, ci);
  if (fault !== undefined) {
    await unlock();
    throw new Error(fault);
  }
  const stages = {
    ci,
    production: await run("production"),
    other: await run("other"),
    patient: await run("patient"),
    overseas: await run("overseas"),
    changed: await run("changed"),
    homeless: await run("homeless"),
    dev: await run("dev"),
    producers: await run("producers"),
    private: await run("private"),
    urls: await run("urls"),
    faulty: await run("faulty"),
  };
  project.provide("stages", stages);
  return unlock;
}
