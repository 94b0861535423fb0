import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { packTarball } from "../../tools/pack/pack.ts";
import { blocksOf } from "../support/doc-blocks.ts";
import { createConsumer } from "../support/producer-consumer.ts";

const BIN = fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url));
const DEPENDENCIES = ["@aws-sdk/client-sqs", "@modelcontextprotocol/sdk", "fauxqs", "pusher-js", "zod"];
const README = blocksOf("packages/local/README.md");
const FILES = README.filter(({ language }) => language === "ts");
const execute = promisify(execFile);
const PATH = { PATH: process.env.PATH };

let project: Awaited<ReturnType<typeof createConsumer>>;
let command: string;
beforeAll(async () => {
  project = await createConsumer("local", [...DEPENDENCIES, "@types/node", "vitest"]);
  command = join(project.installed, "dist/bin/realtime-local.js");
  await Promise.all(FILES.map(({ file = "", text }) => project.write(file, text)));
});
afterAll(() => project.remove());

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  execute(process.execPath, args, { cwd: project.root, env: { ...PATH, ...env } }).then(
    (output) => ({ code: 0, ...output }),
    (error: Ended) => error,
  );
const exec = (args: readonly string[], env?: Readonly<Record<string, string>>) => run([command, "exec", ...args], env);

describe("the packed gateway", () => {
  it("depends on these packages only, and names its oldest Node", async () => {
    const manifest = JSON.parse(await readFile(join(project.installed, "package.json"), "utf8"));
    expect(manifest).toMatchObject({ license: "MIT", engines: { node: ">=22.13" } });
    expect(Object.keys(manifest.dependencies)).toEqual(DEPENDENCIES);
  });

  it("serves the page of the console", async () => {
    const script =
      "const page = await fetch(process.env.LOCAL_GATEWAY_URL); console.log(page.status, await page.text())";
    const { code, stdout } = await exec(["--", process.execPath, "--input-type=module", "-e", script]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/200 <!doctype html>/i);
  });

  it("lists the licenses of the packages whose code it holds", async () => {
    const text = await readFile(join(project.installed, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
    const listed = [...text.matchAll(/^(\S+) \d+\.\d+\.\d+: \S+$/gm)].map(([, name]) => name);
    expect(listed).toEqual(expect.arrayContaining(["hono", "p-limit", "pusher", "ws", "zod"]));
    expect(text).toContain("Permission is hereby granted, free of charge");
  });

  it("satisfies publint and attw", async () => {
    expect((await publint({ pkgDir: project.installed, strict: true })).messages).toEqual([]);
    const tarball = await packTarball(project.installed, project.root);
    const { stdout } = await execute(join(BIN, "attw"), [tarball, "--profile", "esm-only", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ problems: {} });
  });
});

describe("the README of the packed gateway", () => {
  it.each(["nodenext", "bundler"] as const)("has examples that compile with module resolution %s", async (kind) => {
    const files = FILES.flatMap(({ file = "" }) => (file === "vitest.config.ts" ? [] : [file]));
    expect(await project.compile(kind, files)).toBe("");
  });

  it("has tests that pass, with the gateway of the setup", async () => {
    const { stdout } = await run(["node_modules/vitest/vitest.mjs", "run", "--no-color"]);
    expect(stdout).toMatch(/Tests\s+2 passed/);
  });

  it("has a command that sends an event with curl, and finds it", async () => {
    const [block] = README.filter(({ text }) => text.includes("curl "));
    const script = block?.text.replaceAll("npx @realtime-gateway/local", '"$NODE" "$COMMAND"') ?? "";
    const env = { ...PATH, NODE: process.execPath, COMMAND: command };
    const { stdout } = await execute("sh", ["-c", script], { env });
    expect(stdout).toContain('"message_id"');
    expect(stdout).toContain('"channel":"private-global"');
  });
});

describe("exec", () => {
  it("ends with the exit code of the command, which has the environment of a gateway", async () => {
    const check =
      "process.exit(process.env.DOMAIN_EVENTS_QUEUE_URL.endsWith('.fifo') && process.env.OWN === '1' ? 7 : 1)";
    expect(await exec(["--fifo", "--", process.execPath, "-e", check], { OWN: "1" })).toMatchObject({ code: 7 });
  });

  it("ends with 127 for a command that does not exist", async () => {
    expect(await exec(["--", "no-such-command"])).toMatchObject({
      code: 127,
      stderr: expect.stringContaining("local exec: cannot run no-such-command"),
    });
  });

  it("names a wrong setting, and does not run the command", async () => {
    const ended = await exec(["--", "echo", "ran"], { REALTIME_AUTH_MODE: "none" });
    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("REALTIME_AUTH_MODE") });
  });

  it("asks for the command", async () => {
    expect(await exec(["--fifo"])).toMatchObject({ code: 2, stderr: expect.stringContaining("write -- in front") });
  });

  it("has a help with its exit codes", async () => {
    expect(await exec(["--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("Exit codes:") });
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "passes %s on, and leaves no process and no port",
    async (signal) => {
      const { child, env } = await startSleeper();
      child.kill(signal);
      const [code] = await once(child, "exit");
      expect(code).toBe(3);
      expect(await isOpen(env.LOCAL_GATEWAY_URL)).toBe(false);
      await expect.poll(processes).toEqual([]);
    },
  );

  it("leaves no process of the gateway and no port when it crashes", async () => {
    const { child, env } = await startSleeper();
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await isOpen(env.LOCAL_GATEWAY_URL)).toBe(false);
    await expect.poll(processes).toEqual([]);
  });
});

/** Runs `exec` with a program that prints its environment, and answers a signal with the exit code 3. */
async function startSleeper() {
  const program = `
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(3));
    process.stdin.on("end", () => process.exit(4)).resume();
    console.log(JSON.stringify(process.env));`;
  const args = [command, "exec", "--", process.execPath, "-e", program];
  // The program ends with this pipe, also without a signal.
  const child = spawn(process.execPath, args, { cwd: project.root, stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => {
    child.stdin.end();
    child.kill("SIGKILL");
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const env: Readonly<Record<string, string>> = JSON.parse(line);
  return { child, env };
}

/** The processes that run files of the packed package. */
async function processes(): Promise<readonly string[]> {
  const { stdout } = await execute("ps", ["-A", "-o", "args="], { maxBuffer: 10_000_000 });
  return stdout.split("\n").filter((line) => line.includes(project.installed));
}

async function isOpen(url = ""): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port) });
  const answer = Promise.withResolvers<boolean>();
  socket.once("connect", () => answer.resolve(true)).once("error", () => answer.resolve(false));
  return await answer.promise.finally(() => socket.destroy());
}
