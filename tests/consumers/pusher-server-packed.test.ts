import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startPusherServer } from "@realtime-gateway/pusher-server";
import { publint } from "publint";
import Pusher from "pusher";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { packTarball } from "../../tools/pack/pack.ts";
import { blocksOf, type DocBlock } from "../support/doc-blocks.ts";
import { createConsumer } from "../support/producer-consumer.ts";

const BIN = fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url));
const BESIDE = ["@types/node", "hono", "pusher", "pusher-js", "vitest", "ws"];
const README = blocksOf("packages/pusher-server/README.md");
const execute = promisify(execFile);

let project: Awaited<ReturnType<typeof createConsumer>>;
beforeAll(async () => {
  project = await createConsumer("pusher-server", BESIDE);
}, 120_000);
afterAll(() => project.remove());

const manifest = async () => JSON.parse(await readFile(join(project.installed, "package.json"), "utf8"));
const command = async (): Promise<string> => join(project.installed, (await manifest()).bin["pusher-server"]);

describe("the packed Pusher server", () => {
  it("depends on ws and hono only, and names Node 20 as its oldest version", async () => {
    expect(await manifest()).toMatchObject({
      name: "@realtime-gateway/pusher-server",
      license: "MIT",
      engines: { node: ">=20" },
      dependencies: { hono: expect.any(String), ws: expect.any(String) },
    });
    expect(Object.keys((await manifest()).dependencies)).toEqual(["hono", "ws"]);
  });

  it("holds no code of other packages, so its license is the whole list of licenses", async () => {
    const paths = await readdir(project.installed, { recursive: true });
    const modules = await Promise.all(
      paths.filter((path) => path.endsWith(".js")).map((path) => readFile(join(project.installed, path), "utf8")),
    );
    // esbuild writes the path of each source file above its code.
    const sources = modules.flatMap((text) => [...text.matchAll(/^\/\/ (\S+\.(?:ts|js|mjs|cjs))$/gm)]);
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.map(([, path]) => path).filter((path) => !path?.startsWith("packages/"))).toEqual([]);
    expect(paths).toContain("LICENSE");
  });

  it("holds the OpenAPI document of its control API", async () => {
    const document = await readFile(join(project.installed, "dist/openapi.yaml"), "utf8");
    expect(document).toContain("/_control/wait:");
  });

  it("satisfies publint and attw", async () => {
    expect((await publint({ pkgDir: project.installed, strict: true })).messages).toEqual([]);
    const tarball = await packTarball(project.installed, project.root);
    const { stdout } = await execute(join(BIN, "attw"), [tarball, "--profile", "esm-only", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ problems: {} });
  });

  it("has a command with help", async () => {
    const { stdout } = await execute(process.execPath, [await command(), "--help"]);
    expect(stdout).toContain("Usage: npx @realtime-gateway/pusher-server [flags]");
  });
});

/** The examples in TypeScript, by the heading above them. */
const EXAMPLES = README.filter(({ language }) => language === "ts").map(({ heading, text }) => ({
  heading,
  text,
  isTest: text.includes('from "vitest"'),
  file: `${heading.toLowerCase().replaceAll(/[^a-z]+/g, "-")}${text.includes('from "vitest"') ? ".test" : ""}.ts`,
}));

/** The output of the examples that are no tests. */
const PRINTS: Readonly<Record<string, readonly string[]>> = {
  "Publish and receive an event": ["{ from: 'the README' }"],
  "Make calls fail": ["503", "401"],
  "Test with several apps, webhooks or TLS": ["mobile-key true -----BEGIN CERTIFICATE-----"],
};

describe("the README", () => {
  beforeAll(() => Promise.all(EXAMPLES.map(({ file, text }) => project.write(file, text))));

  it("has examples that compile", async () => {
    expect(
      await project.compile(
        "bundler",
        EXAMPLES.map(({ file }) => file),
      ),
    ).toBe("");
  });

  it("has examples that print what it shows", async () => {
    const programs = EXAMPLES.filter(({ isTest }) => !isTest);
    expect(programs.map(({ heading }) => heading)).toEqual(Object.keys(PRINTS));
    for (const { heading, file } of programs)
      expect(await project.run(file, {}).rest(), heading).toEqual(PRINTS[heading]);
  });

  it("has a test that passes", async () => {
    const [example] = EXAMPLES.filter(({ isTest }) => isTest);
    const vitest = join(project.root, "node_modules/vitest/vitest.mjs");
    const args = [vitest, "run", "--no-color", example?.file ?? ""];
    const { stdout } = await execute(process.execPath, args, { cwd: project.root });
    expect(stdout).toMatch(/Tests\s+1 passed/);
  });

  it("has commands that work together, with the assertion of another language", async () => {
    const [starting] = README.filter(({ text }) => text.startsWith("npx "));
    const { port } = await startCommand(starting);
    const api = new Pusher({ ...(await defaultOptions()), port: String(port) });
    // The fault of the command strikes the first two calls.
    for (const _ of [1, 2]) await expect(api.trigger("orders", "created", { id: 7 })).rejects.toThrow();
    await api.trigger("orders", "created", { id: 7 });

    const [calling] = README.filter(({ text }) => text.startsWith("curl "));
    const script = onPort(calling?.text ?? "", port).replaceAll("\n", "; echo\n");
    const [python] = README.filter(({ language }) => language === "python");
    await execute("python3", ["-c", onPort(python?.text ?? "", port)]);
    const { stdout } = await execute("sh", ["-ec", script]);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { events: [{ channel: "orders", data: { id: 7 } }] },
      { event: "created", data: { id: 7 } },
      { faults: [{}, { fault: { effect: { status: 503 } } }] },
      { disconnected: 0 },
    ]);
  });
});

const onPort = (text: string, port: number): string => text.replaceAll("127.0.0.1:6001", `127.0.0.1:${port}`);

/** Starts the server by the README's command, on a free port. */
async function startCommand(block: DocBlock | undefined): Promise<{ readonly port: number }> {
  const line = (block?.text ?? "")
    .replace("npx @realtime-gateway/pusher-server", `exec "${process.execPath}" "${await command()}" --json`)
    .replace("--port 6001", "--port 0");
  const child = spawn("sh", ["-c", line], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [ready] = await once(createInterface({ input: child.stdout }), "line");
  return JSON.parse(ready);
}

/** The options of the app that a server without options serves. */
async function defaultOptions() {
  await using server = await startPusherServer();
  return server.options;
}
