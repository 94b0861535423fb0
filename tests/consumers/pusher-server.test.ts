import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackage, packTarball } from "../../tools/pack/pack.ts";
import { RECIPES } from "../../tools/pack/recipes.ts";
import { blocksOf } from "../support/doc-blocks.ts";

/** `node` and `node20` are two versions of Node. vitest 3 is the last one that runs on each Node 20. */
const PACKAGES = [
  "@types/node@24.19.2",
  "node20@npm:node@20.20.2",
  "node@24.21.0",
  "pusher-js@8.6.0",
  "pusher@5.3.4",
  "typescript@5.9.3",
  "vitest@3.2.4",
];
const COMPILER_OPTIONS = {
  target: "es2022",
  lib: ["es2022", "dom", "esnext.disposable"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noEmit: true,
};
const NODES = [
  ["20", "node_modules/node20/bin/node"],
  ["24", "node_modules/node/bin/node"],
];

/** A server, an event, a near miss and the end of the block, in JavaScript for each Node. */
const MAIN = `
  import { EventNotSeenError, startPusherServer } from "@realtime-gateway/pusher-server";
  import Pusher from "pusher";
  import PusherJs from "pusher-js";

  const server = await startPusherServer();
  const client = new PusherJs(server.options.key, server.options);
  const channel = client.subscribe("orders");
  await new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
  const received = new Promise((resolve) => channel.bind("created", resolve));
  await new Pusher(server.options).trigger("orders", "created", { id: 7 });
  const { data } = await server.waitFor({ event: "created" });
  const missed = await server.waitFor({ event: "create" }, { timeoutMs: 0 }).catch((error) => error);
  const arrived = await received;
  client.disconnect();
  await server[Symbol.asyncDispose]();
  const isNotSeen = missed instanceof EventNotSeenError;
  console.log(JSON.stringify({ node: process.version, data, received: arrived, isNotSeen, nearMisses: missed.nearMisses }));
`;
const USE = `
  import { type PusherServer, type SeenEvent, startPusherServer } from "@realtime-gateway/pusher-server";

  export async function firstOf(server: PusherServer, channel: string): Promise<SeenEvent> {
    return server.waitFor({ channel }, { timeoutMs: 100 });
  }
  await using server = await startPusherServer({ faults: [{ status: 503, times: 3 }] });
  server.faults.add({ effect: { kind: "wait", ms: 5 } });
`;
const WRONG = `
  import { startPusherServer } from "@realtime-gateway/pusher-server";

  await startPusherServer({ faults: [{ status: "503" }] });
`;

let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "pusher-server-project-"));
  const built = join(project, "package");
  for (const recipe of RECIPES.filter(({ folder }) => folder === "pusher-server")) await buildPackage(recipe, built);
  const tarball = await packTarball(built, project);
  await rm(built, { recursive: true });
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "service", private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", tarball, ...PACKAGES]);
  const [test] = blocksOf("packages/pusher-server/README.md").filter(({ text }) => text.includes('from "vitest"'));
  const files = { "main.mjs": MAIN, "use.ts": USE, "wrong.ts": WRONG, "orders.test.ts": test?.text ?? "" };
  for (const [path, text] of Object.entries(files)) await writeFile(join(project, path), text);
});
afterAll(() => rm(project, { recursive: true }));

/** Runs a command in the project's folder. Returns its standard output, or all of its output if it fails. */
async function run(command: string, args: readonly string[]): Promise<string> {
  const running = promisify(execFile)(command, args, { cwd: project, maxBuffer: 10_000_000 });
  return running.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => stdout + stderr,
  );
}

async function compile(settings: object, files: readonly string[]): Promise<string> {
  const compilerOptions = { ...COMPILER_OPTIONS, ...settings };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  return run("node_modules/.bin/tsc", ["-p", "."]);
}

describe("a project that installs the tarball of the Pusher server", () => {
  it.each([
    ["nodenext", { module: "nodenext" }],
    ["bundler", { module: "preserve", moduleResolution: "bundler" }],
  ])("compiles under strict TypeScript with module resolution %s, and a wrong fault does not", async (_, settings) => {
    expect(await compile(settings, ["use.ts"])).toBe("");
    expect(await compile(settings, ["wrong.ts"])).toMatch(/error TS2322: Type 'string' is not assignable/);
  });

  it.each(NODES)("starts a server and finds an event on Node %s", async (version, node) => {
    expect(JSON.parse(await run(node, ["main.mjs"]))).toEqual({
      node: expect.stringMatching(new RegExp(`^v${version}\\.`)),
      data: { id: 7 },
      received: { id: 7 },
      isNotSeen: true,
      nearMisses: ['other event: "created"'],
    });
  });

  it.each(NODES)("runs the README's test with its own vitest on Node %s", async (_, node) => {
    const output = await run(node, ["node_modules/vitest/vitest.mjs", "run", "--no-color", "orders.test.ts"]);
    expect(output).toMatch(/Tests\s+1 passed/);
  });

  it.each(NODES)("has a command that names each mistake on Node %s", async (_, node) => {
    const command = "node_modules/@realtime-gateway/pusher-server/dist/bin/pusher-server.js";
    const output = await run(node, [command, "--port", "x", "--webhook-url", "ftp://a.test"]);
    expect(output).toMatch(/--port must be a number.*--webhook-url must be an http or https URL/);
  });

  it("has a command under the name of the package", async () => {
    expect(await run("npx", ["--no-install", "@realtime-gateway/pusher-server", "--help"])).toContain("--port N");
  });
});
