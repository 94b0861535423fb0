import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { setupFault } from "./synth/first-run.ts";
import { type CliRun, PROJECT_ROOT } from "./synth/synthesize.ts";

const failed = { exitCode: 1, output: "ENOTFOUND", synthesis: undefined, actions: [] };
const synthesized: CliRun = {
  ...failed,
  exitCode: 0,
  synthesis: { stage: "ci", outputs: {}, errors: [], resources: [] },
};

async function folder(): Promise<string> {
  const { path, remove } = await createTemporaryFolder("first-run");
  onTestFinished(remove);
  return path;
}

it("the infra tests ask for the network if SST's platform is not installed, with SST's output", async () => {
  const fault = await setupFault(await folder(), failed);
  expect(fault).toContain("SST needs the network the first time");
  expect(fault).toContain("It ended with 1 and printed:\nENOTFOUND");
});

it("the infra tests show SST's output if the platform is installed and nothing was synthesized", async () => {
  const root = await folder();
  await mkdir(join(root, ".sst"));
  await writeFile(join(root, ".sst/provider-lock.json"), "[]");
  const fault = await setupFault(root, failed);
  expect(fault).not.toContain("network");
  expect(fault).toContain("SST did not run sst.config.ts.\nIt ended with 1 and printed:\nENOTFOUND");
});

it("sst.config.ts asks for the version of the AWS provider that SST's platform has, and not for the latest one", async () => {
  const read = async (path: string): Promise<string> => readFile(join(PROJECT_ROOT, path), "utf8");
  const platform: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
    await read(".sst/platform/package.json"),
  );
  expect(await read("sst.config.ts")).toContain(`providers: { aws: "${platform.dependencies["@pulumi/aws"]}" }`);
});

it("the infra tests start once the first stage is synthesized", async () => {
  expect(await setupFault(await folder(), synthesized)).toBeUndefined();
});
