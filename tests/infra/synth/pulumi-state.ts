import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Synthesis } from "./synthesis.ts";

/** `stack` is the full name: `organization/app/stage`. */
export function stateFile(directory: string, stack: string): string {
  const [, app = "", stage = ""] = stack.split("/");
  return join(directory, ".pulumi/stacks", app, `${stage}.json`);
}

export function writeEmptyState(file: string, stack: string): void {
  const manifest = { time: new Date().toISOString(), magic: "", version: "v3.215.0" };
  const latest = { manifest, secrets_providers: { type: "" }, resources: [] };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { stack, latest } }));
}

/** SST reads the outputs, and the input of its generated types, from the state. */
export function writeResources(file: string, { resources, outputs }: Synthesis): void {
  const state: { checkpoint: { latest: { resources: unknown } } } = JSON.parse(readFileSync(file, "utf8"));
  state.checkpoint.latest.resources = resources
    .filter(({ type }) => type === "pulumi:pulumi:Stack")
    .map(({ urn, type }) => ({ urn, custom: false, type, outputs }));
  writeFileSync(file, JSON.stringify(state));
}
