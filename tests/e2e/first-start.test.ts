import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { closeServer, listen } from "../../packages/local/src/loopback/server.ts";
import { blocksOf } from "../support/doc-blocks.ts";
import { ROOT, shell } from "../support/shell.ts";
import { ANY_PORTS, type StartProcess, start } from "../support/start-process.ts";

/** Each reader of the README and docs/local.md, and the lines that they paste. */

/** The blocks of shell commands of a page. */
const shellBlocksOf = (page: string): readonly string[] =>
  blocksOf(page).flatMap(({ language, text }) => (language === "sh" ? [text] : []));

/** The page of `npm start` up to the last line before the table of one's own events. */
async function readyPage(gateway: StartProcess): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let line = await gateway.line(); !line.startsWith("Ready for"); line = await gateway.line()) lines.push(line);
  return lines;
}

/** The lines below a title of the page, up to the next empty line. */
function linesBelow(page: readonly string[], title: string): string {
  const from = page.findIndex((line) => line.startsWith(title)) + 1;
  const to = page.indexOf("", from);
  return page.slice(from, to === -1 ? undefined : to).join("\n");
}

describe("a newcomer who starts before npm ci", () => {
  async function freshCopy(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "first-start-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, "tools"));
    for (const file of ["package.json", "tools/setup-check.mjs"]) await cp(join(ROOT, file), join(folder, file));
    return folder;
  }

  it.each([
    "npm start",
    "npm test",
    "npm run dlq -- list",
    "npm run token -- mint",
    "npm run example",
    "npm run example:express",
  ])("gets the command to run from %s", async (command) => {
    const { exitCode, stderr } = await shell(command, { cwd: await freshCopy() });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("not installed. Run: npm ci\n")]);
    expect(stderr).not.toContain("at ");
  });

  it("gets --include=dev with NODE_ENV=production", async () => {
    const { stderr } = await shell("npm start", { cwd: await freshCopy(), variables: { NODE_ENV: "production" } });
    expect(stderr).toContain("Run: npm ci --include=dev");
  });
});

describe("a newcomer who follows the README", () => {
  it("sees one row for each event, and a line for the next step", async () => {
    const [quickStart = ""] = shellBlocksOf("README.md");
    expect(quickStart).toMatch(/npm ci && npm start/);

    const { exitCode, stdout, stderr } = await shell("npm start --silent -- --once --port-base 0");

    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^TIME +EVENT +FATE +private-…, LISTENERS$/m);
    const rows = stdout.match(/^\d\d:\d\d:\d\d {2}.*$/gm) ?? [];
    const [, sent] = /✔ (\d+) events sent/.exec(stdout) ?? [];
    expect(rows.filter((row) => !row.includes("on purpose"))).toHaveLength(Number(sent));
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

describe("a backend developer who pastes the lines of the page", () => {
  it("sees each event in a row", async () => {
    const gateway = start(["--no-demo", ...ANY_PORTS]);
    const page = await readyPage(gateway);
    const row = async (): Promise<string> => {
      let line = await gateway.line();
      while (!/^\d\d:\d\d:\d\d {2}(?!POST)/.test(line)) line = await gateway.line();
      return line;
    };

    for (const title of ["Send an event with curl", "Send one with Node"]) {
      const { exitCode, stderr } = await shell(linesBelow(page, title));
      expect(exitCode, stderr).toBe(0);
      expect(await row()).toMatch(/ notification +published +global: 0 listeners$/);
    }
    const tried = await shell(linesBelow(page, "Publish a test event"));
    expect(tried.stdout).toContain('"channel":"private-realtime-test"');
    expect(await row()).toMatch(/ realtime\.test +published/);
  });

  it("sees the event of the AWS CLI", async ({ skip }) => {
    const { exitCode } = await shell("aws --version");
    skip(exitCode !== 0, "this machine has no AWS CLI");
    const gateway = start(["--no-demo", ...ANY_PORTS]);
    const page = await readyPage(gateway);

    const { stderr, stdout } = await shell(linesBelow(page, "Send one with the AWS CLI"));

    expect(stdout, stderr).toContain("MessageId");
    while (!/ notification +published/.test(await gateway.line()));
  });
});

describe("a frontend developer who follows docs/local.md", () => {
  it("subscribes with a token of npm run token -- mint", async () => {
    const [quickStart, settings = "", mint = "", ...others] = shellBlocksOf("docs/local.md");
    expect([quickStart, others]).toEqual(["npm ci && npm start\n", []]);
    const exports = settings.replaceAll(/^npm start$/gm, "");
    const printed = await shell(`${exports}\nenv`);
    const variables = Object.fromEntries(
      [...printed.stdout.matchAll(/^(REALTIME_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    const gateway = start(["--no-demo", "--json", ...ANY_PORTS], variables);
    const { urls } = JSON.parse(await gateway.line());

    const token = await shell(mint, { variables });
    const ask = async (channel: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token.stdout.trim()}` };
      const body = new URLSearchParams({ socket_id: "1.2", channel_name: channel });
      return (await fetch(urls.auth, { method: "POST", headers, body })).status;
    };

    expect(token.stderr).toMatch(/^For u1 until .* authorization: Bearer TOKEN/);
    expect([await ask("private-audit-42"), await ask("private-fiche-7")]).toEqual([200, 403]);
  });
});

describe("a person who runs an example", () => {
  it("sees that it listens, and a problem instead of a stack trace", async () => {
    const port = await freePort();
    const [block = ""] = shellBlocksOf("examples/README.md");
    const [exports = "", gateway, run = ""] = block.split("\n");
    // Another test runs the example with a gateway.
    expect(gateway).toBe("REALTIME_AUTH_MODE=proxy npm start -- --no-demo &");
    expect(run).toContain("PORT=4000 npm run example:express");
    const { PATH = "" } = env;
    const lines = run.replace("4000", String(port)).replace("npm run", "npm run --silent");
    const example = spawn("sh", ["-c", `${exports}\n${lines}`], {
      cwd: ROOT,
      env: { PATH },
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void (example.pid !== undefined && process.kill(-example.pid, "SIGKILL")));

    const [line] = await once(createInterface({ input: example.stdout }), "line");

    expect(line).toBe(`The example listens on port ${port}`);
    const answer = await fetch(`http://127.0.0.1:${port}/api/pusher/auth`, { method: "POST" });
    expect(await answer.json()).toMatchObject({ status: answer.status, code: expect.any(String) });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await closeServer(server);
  return port;
}

describe("a person who changes their mind", () => {
  it.skipIf(!existsSync("/proc/self"))("stops npm start with Ctrl-C while it builds, and sees no error", async () => {
    const child = spawn(process.execPath, [join(ROOT, "tools/start.ts"), ...ANY_PORTS], {
      env: {},
      // A group of its own: Ctrl-C reaches every process of it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const exited = once(child, "exit");
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    await expect.poll(() => childrenOf(child.pid), { timeout: 60_000, interval: 5 }).not.toBe("");

    if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");

    expect(await exited).toEqual([130, null]);
    expect([await stdout, await stderr]).toEqual(["", ""]);
  });
});

/** The processes that a process has started, where the system has `/proc`. */
const childrenOf = (pid: number | undefined): Promise<string> =>
  readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
