import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  createFunctionRunner,
  type FunctionRunner,
  type FunctionRunnerOptions,
} from "../../packages/local/src/lambda/function-runner.ts";

/** Writes a function's bundle into its own directory, which is deleted after the test. */
export async function writeBundle(source: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "function-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const bundlePath = join(directory, "index.mjs");
  await writeFile(bundlePath, source);
  return bundlePath;
}

/** A runner of the given source, which stops after the test. */
export async function startRunner(
  source: string,
  options: Partial<Omit<FunctionRunnerOptions, "bundlePath">> = {},
): Promise<FunctionRunner> {
  const bundlePath = await writeBundle(source);
  const runner = createFunctionRunner({ name: "test", env: {}, timeoutMs: 10_000, ...options, bundlePath });
  onTestFinished(() => runner.stop());
  return runner;
}
