import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type PusherServer, startPusherServer } from "@realtime-gateway/pusher-server";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { buildPackage, packTarball } from "../../tools/pack/pack.ts";
import { RECIPES } from "../../tools/pack/recipes.ts";
import { CHROMIUM_RUNS, type Chromium, startChromium } from "../support/clients/chromium.ts";
import { serveRequests } from "../support/clients/web-server.ts";
import { APP, apiOf } from "../support/pusher-server.ts";
import { clientFiles, NODE_OPTIONS } from "./client-files.ts";

/** One project for all bundlers, so that there is one installation. The README names the oldest `pusher-js`. */
const PACKAGES = [
  "@tanstack/react-query@5.108.4",
  "@types/node@24.19.2",
  "@types/react-dom@19.3.0",
  "@types/react@19.3.3",
  "next@16.4.6",
  "node20@npm:node@20.20.2",
  "node@24.21.0",
  "pusher-js-7@npm:pusher-js@7.2.0",
  "pusher-js@8.6.0",
  "react-dom@19.3.1",
  "react@19.3.1",
  "typescript@5.9.3",
  "vite@8.3.8",
  "vitest@5.1.1",
];
/** For a machine that is busy with other work. */
const PATIENCE_MS = 120_000;
const NODE_24 = "node_modules/node/bin/node";

let project: string;
let server: PusherServer;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "client-project-"));
  server = await startPusherServer({ apps: [APP] });
  const built = join(project, "package");
  for (const recipe of RECIPES.filter(({ folder }) => folder === "client")) await buildPackage(recipe, built);
  const tarball = await packTarball(built, project);
  await rm(built, { recursive: true });
  await write("package.json", JSON.stringify({ name: "pages", private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", tarball, ...PACKAGES]);
  for (const [path, text] of Object.entries(clientFiles(server.port))) await write(path, text);
});
afterAll(async () => {
  await server.close();
  await rm(project, { recursive: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), text);
}

/** Vitest sets NODE_ENV to test, under which neither Next.js nor React builds. All else, such as the registry, is the user's. */
function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NODE_ENV: _, ...inherited } = process.env;
  return { ...inherited, NEXT_TELEMETRY_DISABLED: "1", ...more };
}

/** Runs a command in the project. Returns its standard output, or all of its output if it fails. */
async function run(command: string, args: readonly string[], more?: Readonly<Record<string, string>>): Promise<string> {
  const options = { cwd: project, env: environment(more), maxBuffer: 10_000_000 };
  return promisify(execFile)(command, args, options).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => stdout + stderr,
  );
}

const compile = async (kind: keyof typeof NODE_OPTIONS, files: readonly string[]): Promise<string> => {
  await write("node/tsconfig.json", JSON.stringify({ compilerOptions: NODE_OPTIONS[kind], files }));
  return run("node_modules/.bin/tsc", ["-p", "node"]);
};

const publishFailure = (): Promise<unknown> =>
  apiOf(server).trigger("audit-42", "audit.failed", { audit_id: "42", error: "it broke" });
const subscribed = (): Promise<void> =>
  vi.waitFor(() => expect(server.listenersOf("audit-42")).toBe(1), { timeout: PATIENCE_MS, interval: 20 });

describe("a project on Node that installs the tarball of the client", () => {
  it.each(["nodenext", "bundler"] as const)(
    "compiles under strict TypeScript with module resolution %s",
    async (kind) => {
      expect(await compile(kind, ["main.ts", "audit.test.ts"])).toBe("");
    },
  );

  it("does not compile a wrong event, a wrong field or a missing check for truncation", async () => {
    const output = await compile("nodenext", ["wrong.ts"]);
    const errors = [...output.matchAll(/^node\/wrong\.ts\((\d+),\d+\): error (TS\d+)/gm)];
    expect(errors.map(([, line, code]) => [line, code])).toEqual([
      ["4", "TS2345"],
      ["5", "TS2339"],
      ["6", "TS2339"],
    ]);
  });

  it.each([
    { version: "20", node: "node_modules/node20/bin/node", library: "pusher-js-7" },
    { version: "24", node: NODE_24, library: "pusher-js" },
  ])("receives an event on Node $version with $library, and ends after close", async ({ version, node, library }) => {
    expect(await compile("nodenext", ["main.ts"])).toBe("");
    const output = run(node, ["node/built/main.js", library]);
    await subscribed();
    await publishFailure();
    expect(JSON.parse(await output)).toEqual({
      node: expect.stringMatching(new RegExp(`^v${version}\\.`)),
      error: "it broke",
      channel: "audit-42",
    });
  });

  it("runs its own vitest with /testing", async () => {
    const output = await run(NODE_24, ["node_modules/vitest/vitest.mjs", "run", "--no-color", "node/audit.test.ts"]);
    expect(output).toMatch(/Tests\s+1 passed/);
  });
});

describe("a page that is built with Vite", () => {
  it("compiles under strict TypeScript, with the oldest and the newest pusher-js, and builds", async () => {
    expect(await run("node_modules/.bin/tsc", ["-p", "vite"])).toBe("");
    expect(await run(NODE_24, ["node_modules/vite/bin/vite.js", "build", "vite"])).toMatch(/✓ \d+ modules transformed/);
  });
});

/** Builds the page with Next.js into a folder of its own. Returns the HTML of the server. */
async function buildWithNext(bundler: "turbopack" | "webpack"): Promise<string> {
  await cp(join(project, "next"), join(project, bundler), { recursive: true });
  const output = await run(NODE_24, ["node_modules/next/dist/bin/next", "build", bundler, `--${bundler}`]);
  expect(output).toMatch(/○ \/\s/);
  return readFile(join(project, bundler, ".next/server/app/index.html"), "utf8");
}

describe("a page that is built with Next.js", () => {
  it.each(["turbopack", "webpack"] as const)("builds with %s, and renders on the server", async (bundler) => {
    expect(await buildWithNext(bundler)).toContain("<main>idle, 0 reads, not fetched, no error</main>");
  });
});

describe.skipIf(!CHROMIUM_RUNS)("in Chromium, after these builds", () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  it.each([
    ["Vite", () => serveFolder(join(project, "vite/dist"))],
    ["Next.js and Turbopack", () => serveNext("turbopack")],
    ["Next.js and webpack", () => serveNext("webpack")],
  ])("the page of %s hydrates, subscribes, and reads again after an event", async (_, serve) => {
    const page = await chromium.browser.newPage();
    onTestFinished(() => page.close());
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      // The pages have no icon.
      if (["error", "warning"].includes(message.type()) && !message.text().includes("404"))
        complaints.push(message.text());
    });
    await page.goto(await serve());
    // A machine without fonts shows text of no size.
    await page.getByText("live, 1 reads, fetched, no error").waitFor({ state: "attached" });
    await publishFailure();
    await page.getByText("live, 2 reads, fetched, it broke").waitFor({ state: "attached" });
    expect(complaints).toEqual([]);
  });
});

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };

/** Serves the files of a folder until the test ends. */
async function serveFolder(folder: string): Promise<string> {
  const web = await serveRequests(async (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname === "/" ? "/index.html" : pathname;
    const file = await readFile(join(folder, path)).catch(() => undefined);
    if (file === undefined) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(file), { headers: { "content-type": TYPES[extname(path)] ?? "text/plain" } });
  });
  onTestFinished(() => web.stop());
  return web.origin;
}

/** Starts the server of a built app on a free port. It ends with the test. */
async function serveNext(folder: string): Promise<string> {
  const args = ["node_modules/next/dist/bin/next", "start", folder, "--hostname", "127.0.0.1", "--port", "0"];
  const next = spawn(NODE_24, args, { cwd: project, env: environment(), stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => end(next));
  for await (const line of createInterface({ input: next.stdout })) {
    const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
    if (origin !== undefined) return origin;
  }
  throw new Error("Next.js ended before it listened");
}

/** Next.js would wait for connections that Chromium opened in advance and never used. */
const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once("exit", () => resolve());
    if (child.exitCode !== null || !child.kill("SIGKILL")) resolve();
  });
