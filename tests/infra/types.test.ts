import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);

it("sst.config.ts and infra/ compile against the types of SST's platform", async () => {
  const tsc = promisify(execFile)("node_modules/.bin/tsc", ["-p", "tsconfig.infra.json"], { cwd: ROOT });
  await expect(tsc).resolves.toMatchObject({ stdout: "" });
});
