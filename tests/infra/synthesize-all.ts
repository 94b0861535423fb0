import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { STAGES, type StageName } from "./stages.ts";
import { setupFault } from "./synth/first-run.ts";
import { lockSst } from "./synth/lock.ts";
import { type CliRun, PROJECT_ROOT, synthesize } from "./synth/synthesize.ts";

/**
 * Synthesizes the stages one after another, because they share `.sst`. In the first run, npm downloads SST's platform, and
 * the run ends here if that fails. The other stages are synthesized while the tests of other projects run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const unlock = await lockSst();
  const ci = await synthesize(STAGES.ci);
  const fault = await setupFault(PROJECT_ROOT, ci);
  if (fault !== undefined) {
    await unlock();
    throw new Error(fault);
  }
  const folder = await createTemporaryFolder("stages");
  const file = join(folder.path, "stages.json");
  const stopping = new AbortController();
  const written = synthesizeOthers(ci, stopping.signal)
    .catch((error: unknown) => ({ fault: String(error) }))
    .then((stages) => writeWhole(file, JSON.stringify(stages)));
  project.provide("stagesFile", file);
  return async () => {
    stopping.abort();
    await written;
    await folder.remove();
    await unlock();
  };
}

async function synthesizeOthers(ci: CliRun, signal: AbortSignal): Promise<Partial<Record<StageName, CliRun>>> {
  const stages: Partial<Record<StageName, CliRun>> = { ci };
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
