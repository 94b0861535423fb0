import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const execute = promisify(execFile);

interface Step {
  readonly instruction: string;
  readonly text: string;
}

/** The instructions of each stage. */
const stages: readonly (readonly Step[])[] = (await readFile(join(ROOT, "packages/local/Dockerfile"), "utf8"))
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((stage) =>
    stage.split("\n").flatMap((line) => {
      const [, instruction = "", text = ""] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      return instruction === "" ? [] : [{ instruction, text }];
    }),
  );
const [build = [], image = []] = stages;
const textOf = (instruction: string): string => image.find((step) => step.instruction === instruction)?.text ?? "";

/** Takes the place of the file system of the image. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "image-"));
  await Promise.all(["src", "app"].map((name) => mkdir(join(folder, name))));
  let workdir = "";
  for (const { instruction, text } of build) {
    if (instruction === "WORKDIR") workdir = join(folder, text);
    if (instruction === "COPY") await copySources(workdir);
    // The packages of this project are those that `npm ci` would install again.
    if (text.startsWith("npm ci")) await symlink(join(ROOT, "node_modules"), join(workdir, "node_modules"));
    else if (instruction === "RUN")
      await execute("sh", ["-ec", text.replaceAll("/src/", `${folder}/src/`)], { cwd: workdir });
  }
});
afterAll(() => rm(folder, { recursive: true }));

async function copySources(to: string): Promise<void> {
  const { stdout } = await execute("git", ["ls-files", "-z"], { cwd: ROOT, maxBuffer: 10_000_000 });
  for (const path of stdout.split("\0").filter(Boolean)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(ROOT, path), join(to, path));
  }
}

describe("the Dockerfile", () => {
  it("builds in stages, and runs as a user without rights", () => {
    expect(stages).toHaveLength(2);
    expect(textOf("USER")).toBe("node");
    expect(image.map(({ instruction }) => instruction)).not.toContain("RUN");
  });

  it("starts a gateway that its health check finds, and not without it", async () => {
    const [program = "", ...entry]: string[] = JSON.parse(textOf("ENTRYPOINT"));
    const command: string[] = [...JSON.parse(textOf("CMD")), "--port-base", "0"];
    const child = spawn(program, [...entry, ...command], {
      cwd: join(folder, "app"),
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const port = new URL(JSON.parse(line).http).port;
    const check = textOf("HEALTHCHECK").replace(/^.*? CMD /, "");
    expect(check).toContain(":3000/");
    const checkPort = (at: string) => execute("sh", ["-c", check.replace(":3000/", `:${at}/`)]);
    await checkPort(port);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect(checkPort(port)).rejects.toMatchObject({ code: 1 });
  });
});
