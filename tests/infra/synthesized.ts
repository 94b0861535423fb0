import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { inject } from "vitest";
import type { StageName } from "./stages.ts";
import type { CliRun } from "./synth/synthesize.ts";

const CHECK_MS = 200;

declare module "vitest" {
  interface ProvidedContext {
    /** Appears once every stage is synthesized. `null` if that failed. */
    readonly stagesFile: string;
  }
}

async function readStages(file: string): Promise<Readonly<Record<StageName, CliRun>>> {
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) return stagesIn(text);
    await wait(CHECK_MS);
  }
}

function stagesIn(text: string): Readonly<Record<StageName, CliRun>> {
  const stages: Readonly<Record<StageName, CliRun>> | null = JSON.parse(text);
  if (stages === null) throw new Error("no stage was synthesized: the error at the end of the run says why");
  return stages;
}

/** The runs of all stages. */
export const STAGE_RUNS = await readStages(inject("stagesFile"));
