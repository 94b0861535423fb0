import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  createFunctionRunner,
  type FunctionRunner,
  type FunctionRunnerOptions,
} from "../../packages/local/src/lambda/function-runner.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

/** Writes a function's bundle into its own directory, which is deleted after the test. */
export async function writeBundle(source: string): Promise<string> {
  const folder = await createTemporaryFolder("function");
  onTestFinished(folder.remove);
  const bundlePath = join(folder.path, "index.mjs");
  await writeFile(bundlePath, source);
  return bundlePath;
}

/** A runner of the given source, which stops after the test. */
export async function startRunner(
  source: string,
  options: Partial<Omit<FunctionRunnerOptions, "bundlePath">> = {},
): Promise<FunctionRunner> {
  const bundlePath = await writeBundle(source);
  const runner = createFunctionRunner({ name: "test", env: {}, timeoutMs: 60_000, ...options, bundlePath });
  onTestFinished(() => runner.stop());
  return runner;
}
