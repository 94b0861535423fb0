import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "contract-"));
  await cp(join(ROOT, "docs/contract"), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const contract = (...args: readonly string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ["tools/contract/main.ts", ...args], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    );
  });

/** Changes one schema of the folder, as if an older version had it. */
async function edit(event: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, "schemas", `${event}.json`);
  await writeFile(path, change(await readFile(path, "utf8")));
}

describe("npm run contract -- --against", () => {
  it("accepts a version with the same contract", async () => {
    expect(await contract("--against", folder)).toEqual({ code: 0, output: "The contract is the same.\n" });
  });

  it("names the side that a change breaks, and exits with 1", async () => {
    await edit("audit.failed", (text) => text.replace('    "error",\n', ""));
    const { code, output } = await contract("--against", folder);
    expect(code).toBe(1);
    expect(output).toContain("producers of `audit.failed`: `error` became required");
  });

  it("exits with 2 for a version without contract documents", async () => {
    const { code, output } = await contract("--against", "no-such-version");
    expect(code).toBe(2);
    expect(output).toContain("no-such-version is no folder and no commit with contract documents");
  });

  it("exits with 2 for an unknown option", async () => {
    expect(await contract("--wrong", folder)).toMatchObject({ code: 2 });
  });
});

describe("npm run contract -- --check", () => {
  it("accepts the documents of the repository", async () => {
    expect(await contract("--check")).toEqual({ code: 0, output: "" });
  });
});
