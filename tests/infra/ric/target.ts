import { fileURLToPath } from "node:url";
import { FunctionInputs } from "../function-inputs.ts";
import type { CliRun } from "../synth/synthesize.ts";
import type { RicTarget } from "./invoke.ts";

/** A function of a synthesized stage, as the runtime interface client starts it. */
export function ricTarget({ synthesis }: CliRun, entry: string, logicalName: string): Omit<RicTarget, "onLine"> {
  const resource = synthesis?.resources.find(({ name }) => name === `${logicalName}Function`);
  const { name, handler, timeout, environment } = FunctionInputs.parse(resource?.inputs);
  const folder = fileURLToPath(new URL(`../../../.sst/artifacts/${logicalName}-src`, import.meta.url));
  return { entry, folder, name, handler, timeoutMs: timeout * 1000, env: environment.variables };
}
