import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startQueue } from "../../packages/local/src/sqs/queue.ts";
import { buildPackage, packTarball } from "../../tools/pack/pack.ts";
import { RECIPES } from "../../tools/pack/recipes.ts";
import { receiveAll } from "../support/producer-queue.ts";

/** `node` and `node20` are two versions of Node. TypeScript 5 is that of most services, and it has a language service. */
const PACKAGES = [
  "@aws-sdk/client-sqs@3.1169.0",
  "@types/node@24.19.2",
  "typescript@5.9.3",
  "vitest@5.1.1",
  "node@24.21.0",
  "node20@npm:node@20.20.2",
];

const FILES = {
  "progress.ts": `
    import type { Producer } from "@realtime-gateway/producer";

    export const reportProgress = async (realtime: Producer, audit: string): Promise<string> => {
      await using buffer = realtime.buffer();
      await buffer.add("notification", { type: "info", message: "started" });
      const { id } = await realtime.send("audit.progress", {
        audit_id: audit, completed_steps: 1, total_steps: 5, failed_steps: 0, current_phase: "analysis",
      });
      return id;
    };
  `,
  "main.ts": `
    import { createProducer, ProducerError } from "@realtime-gateway/producer";
    import { reportProgress } from "./progress.js";

    const realtime = createProducer({ queueUrl: process.env["QUEUE_URL"] ?? "", source: "/service" });
    const id = await reportProgress(realtime, "42");
    const refused = await realtime.send("notification", JSON.parse("{}")).catch((error: unknown) => error);
    console.log(JSON.stringify({ node: process.version, id, code: refused instanceof ProducerError && refused.code }));
  `,
  "wrong.ts": `
    import { createProducer } from "@realtime-gateway/producer";

    await createProducer({ queueUrl: "", source: "/service" }).send("notification", { type: "fatal", message: "x" });
  `,
  "progress.test.ts": `
    import { createTestProducer } from "@realtime-gateway/producer/testing";
    import { expect, it } from "vitest";
    import { reportProgress } from "./progress.js";

    it("reports progress", async () => {
      const realtime = createTestProducer();
      const id = await reportProgress(realtime, "42");
      expect((await realtime.waitFor("audit.progress")).id).toBe(id);
      expect(realtime.sent().map(({ type }) => type).sort()).toEqual(["audit.progress", "notification"]);
    });
  `,
  "complete.mjs": `
    import ts from "typescript";

    const source = 'import { createProducer } from "@realtime-gateway/producer";\\n' +
      'await createProducer({ queueUrl: "", source: "" }).send("|");\\n';
    const position = source.indexOf("|");
    const text = source.replace("|", "");
    const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true };
    const host = {
      ...ts.sys,
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      getScriptFileNames: () => ["editor.ts"],
      getScriptVersion: () => "1",
      getScriptSnapshot: (name) => {
        const content = name === "editor.ts" ? text : ts.sys.readFile(name);
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
      },
      getCompilationSettings: () => options,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      getCurrentDirectory: () => process.cwd(),
    };
    const { entries = [] } = ts.createLanguageService(host).getCompletionsAtPosition("editor.ts", position, {}) ?? {};
    console.log(JSON.stringify(entries.map(({ name }) => name)));
  `,
};

const COMPILER_OPTIONS = {
  target: "es2022",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  outDir: "built",
};

let app: string;
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), "producer-app-"));
  const built = join(app, "package");
  for (const recipe of RECIPES.filter(({ folder }) => folder === "producer")) await buildPackage(recipe, built);
  const tarball = await packTarball(built, app);
  await rm(built, { recursive: true });
  await writeFile(join(app, "package.json"), JSON.stringify({ name: "service", private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", tarball, ...PACKAGES]);
  for (const [path, text] of Object.entries(FILES)) await writeFile(join(app, path), text);
});
afterAll(() => rm(app, { recursive: true }));

/** Runs a command in the service's folder. Returns its standard output, or all of its output if it fails. */
async function run(
  command: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...process.env, ...more };
  const running = promisify(execFile)(command, args, { cwd: app, env, maxBuffer: 10_000_000 });
  return running.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => stdout + stderr,
  );
}

async function compile(settings: object, files: readonly string[]): Promise<string> {
  await writeFile(
    join(app, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, ...settings }, files }),
  );
  return run("node_modules/.bin/tsc", ["-p", "."]);
}

describe("a service that installs the tarball", () => {
  it.each([
    ["nodenext", { module: "nodenext" }],
    ["bundler", { module: "preserve", moduleResolution: "bundler" }],
  ])("compiles under strict TypeScript with module resolution %s, and a wrong enum does not", async (_, settings) => {
    expect(await compile(settings, ["main.ts", "progress.test.ts"])).toBe("");
    expect(await compile({ ...settings, noEmit: true }, ["wrong.ts"])).toMatch(
      /error TS2322: Type '"fatal"' is not assignable/,
    );
  });

  it("completes the names of events", async () => {
    const names: unknown = JSON.parse(await run("node_modules/node/bin/node", ["complete.mjs"]));
    expect(names).toEqual(expect.arrayContaining(["audit.progress", "batch.completed", "notification"]));
  });

  it.each([
    ["20", "node_modules/node20/bin/node"],
    ["24", "node_modules/node/bin/node"],
  ])("sends events on Node %s", async (version, node) => {
    expect(await compile({ module: "nodenext" }, ["main.ts"])).toBe("");
    const queue = await startQueue({ port: 0 });
    try {
      const output = await run(node, ["built/main.js"], {
        QUEUE_URL: queue.queueUrl,
        AWS_ENDPOINT_URL_SQS: queue.endpoint,
        AWS_REGION: queue.region,
        AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
      });
      const received = await receiveAll(queue);
      expect(JSON.parse(output)).toEqual({
        node: expect.stringMatching(new RegExp(`^v${version}\\.`)),
        id: received.find(({ type }) => type === "audit.progress")?.id,
        code: "invalid",
      });
      expect(received).toHaveLength(2);
    } finally {
      await queue.stop();
    }
  });

  it("runs its own vitest with /testing", async () => {
    const output = await run("node_modules/node/bin/node", [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--no-color",
      "progress.test.ts",
    ]);
    expect(output).toMatch(/Tests\s+1 passed/);
  });
});
