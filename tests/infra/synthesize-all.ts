import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { STAGES, type StageName } from "./stages.ts";
import { setupFault } from "./synth/first-run.ts";
import { lockSst } from "./synth/lock.ts";
import { type CliRun, PROJECT_ROOT, synthesize } from "./synth/synthesize.ts";

type Stages = Partial<Record<StageName, CliRun>>;

/**
 * Synthesizes the stages while the tests of other projects run: one after another, because they share `.sst`. In the first
 * run, npm downloads SST's platform. If that fails, the run ends, with one error for all tests of the stages.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await createTemporaryFolder("stages");
  const file = join(folder.path, "stages.json");
  project.provide("stagesFile", file);
  const stopping = new AbortController();
  const synthesized = lockAndSynthesize(stopping.signal);
  const written = synthesized.then(
    (stages) => writeWhole(file, JSON.stringify(stages)),
    async () => {
      await writeWhole(file, "null");
      await project.vitest.cancelCurrentRun("test-failure");
    },
  );
  return async () => {
    stopping.abort();
    await written;
    await folder.remove();
    await synthesized;
  };
}

async function lockAndSynthesize(signal: AbortSignal): Promise<Stages> {
  const unlock = await lockSst();
  try {
    return await synthesizeAll(signal);
  } finally {
    await unlock();
  }
}

async function synthesizeAll(signal: AbortSignal): Promise<Stages> {
  const ci = await synthesize(STAGES.ci);
  const fault = await setupFault(PROJECT_ROOT, ci);
  if (fault !== undefined) throw new Error(fault);
  const stages: Stages = { ci };
  for (const name of stageNames()) {
    if (signal.aborted) break;
    stages[name] ??= await synthesize(STAGES[name]);
  }
  return stages;
}

const stageNames = (): readonly StageName[] => Object.keys(STAGES).filter((name): name is StageName => name in STAGES);

/** A reader never sees a part of the file. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}
