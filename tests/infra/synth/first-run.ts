import { access } from "node:fs/promises";
import { join } from "node:path";
import type { CliRun } from "./synthesize.ts";

/** SST installs its platform with npm. The last of its steps writes this file. */
const INSTALLED = ".sst/provider-lock.json";

/**
 * The reason why no stage can be synthesized, if the first one was not. Without it, each of the infra tests would fail with
 * this reason.
 */
export async function setupFault(root: string, { synthesis, exitCode, output }: CliRun): Promise<string | undefined> {
  if (synthesis !== undefined) return undefined;
  const isInstalled = await access(join(root, INSTALLED)).then(
    () => true,
    () => false,
  );
  const hint = isInstalled
    ? "SST did not run sst.config.ts."
    : "SST needs the network the first time: npm downloads about 300 MB into .sst. " +
      "Connect, then run `npm run test:infra`. The other tests need no network: " +
      "`npx vitest run --project unit --project integration --project e2e`.";
  return `${hint}\nIt ended with ${exitCode ?? "a signal"} and printed:\n${output}`;
}
