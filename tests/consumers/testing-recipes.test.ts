import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { CHROMIUM_RUNS } from "../support/clients/chromium.ts";
import { createPackedProject, type PackedProject } from "../support/packed-project.ts";

const UNPACK = fileURLToPath(new URL("../support/clients/unpack-chromium.ts", import.meta.url));

const runs = (command: string, args: readonly string[]): Promise<boolean> =>
  promisify(execFile)(command, args).then(
    () => true,
    () => false,
  );
const [hasPython, hasPhp] = await Promise.all([
  runs("python3", ["-c", "import boto3, pytest"]),
  runs("php", ["--version"]),
]);
if (!hasPython) console.warn("SKIPPED: no pytest and boto3 (Debian: apt-get install python3-pytest python3-boto3)");
if (!hasPhp) console.warn("SKIPPED: no PHP (Debian: apt-get install php-cli)");

/** A copy of the recipe outside the workspace, with the packed packages of this repository. */
async function installed(recipe: string, packages: readonly string[]): Promise<PackedProject> {
  const folder = fileURLToPath(new URL(`../../examples/testing/${recipe}/`, import.meta.url));
  const project = await createPackedProject(packages, folder);
  onTestFinished(() => project.remove());
  await project.install();
  return project;
}

/** The variables that lead the recipe to the Chromium from npm, with the libraries that a bare machine lacks. */
async function chromiumFor(project: PackedProject) {
  const { output } = await project.run(process.execPath, [UNPACK], { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" });
  const CHROMIUM_PATH = output.trim();
  return { CHROMIUM_PATH, LD_LIBRARY_PATH: join(dirname(CHROMIUM_PATH), "al2023", "lib") };
}

describe("a recipe in a folder of its own, with npm install and npm test,", () => {
  it("tests a service with vitest", async () => {
    const project = await installed("service-vitest", ["local", "producer"]);
    expect((await project.run("npm", ["test"])).output).toMatch(/3 passed/);
  });

  it.skipIf(!CHROMIUM_RUNS)("tests a page with Playwright", async () => {
    const project = await installed("page-playwright", ["local"]);
    expect((await project.run("npm", ["test"], await chromiumFor(project))).output).toMatch(/2 passed/);
  });

  it.skipIf(!hasPython)("tests a Python worker with pytest", async () => {
    const project = await installed("python-pytest", ["local"]);
    expect((await project.run("npm", ["test"])).output).toMatch(/2 passed/);
  });

  it.skipIf(!hasPhp)("tests a PHP publisher against the Pusher server", async () => {
    const project = await installed("php-publisher", ["pusher-server"]);
    expect((await project.run("npm", ["test"])).output).toContain("OK (2 tests)");
  });
});
