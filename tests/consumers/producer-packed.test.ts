import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackage, packTarball } from "../../tools/pack/pack.ts";
import { RECIPES } from "../../tools/pack/recipes.ts";

const BIN = fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url));
/** `createProducer` in a service's bundle, minified, without the SDK. It was 33.7 KB in November 2026. */
const MAX_BUNDLE_BYTES = 37_000;

const MESSAGES = fileURLToPath(new URL("../fixtures/messages/", import.meta.url));

/** The verdict that `realtime-producer verify --json` prints. It exits with 1 for an invalid message. */
const verdictOf = (command: string, file: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [command, "verify", "--json", file], (_, stdout, stderr) => {
      if (stderr === "") resolve(JSON.parse(stdout));
      else reject(new Error(stderr));
    });
  });

/** The modules of Node that the package uses. */
const NODE = ["node:crypto", "node:events"];

let folder: string;
let built: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packed-producer-"));
  built = join(folder, "producer");
  for (const recipe of RECIPES.filter(({ folder: name }) => name === "producer")) await buildPackage(recipe, built);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

/** The files of the package with an ending, and their texts. */
async function filesOf(ending: string): Promise<readonly (readonly [path: string, text: string])[]> {
  const paths = (await readdir(built, { recursive: true })).filter((path) => path.endsWith(ending));
  return Promise.all(paths.map(async (path) => [path, await readFile(join(built, path), "utf8")] as const));
}

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^".][^"]*)"/g)].map(([, specifier = ""]) => specifier);

describe("the packed producer", () => {
  it("imports nothing but Node, and the SDK outside of its tests", async () => {
    for (const [path, text] of await filesOf(".js")) {
      if (path.startsWith("dist/bin")) continue;
      const allowed = path.endsWith("testing.js") ? NODE : [...NODE, "@aws-sdk/client-sqs"];
      for (const specifier of importsOf(text)) expect(allowed, path).toContain(specifier);
    }
  });

  it("has a command that gives each golden message the verdict of the gateway", async () => {
    const { bin } = JSON.parse(await readFile(join(built, "package.json"), "utf8"));
    const command = join(built, bin["realtime-producer"]);
    const verdicts: Readonly<Record<string, unknown>> = JSON.parse(
      await readFile(join(MESSAGES, "verdicts.json"), "utf8"),
    );
    const found = await Promise.all(
      Object.keys(verdicts).map(async (file) => [file, await verdictOf(command, join(MESSAGES, file))] as const),
    );
    expect(Object.fromEntries(found)).toEqual(verdicts);
  });

  it("loads the tests of a service without the SDK", async () => {
    const { outputs } = await bundleOf(`export { createTestProducer } from "./dist/testing.js";`);
    const imports = Object.values(outputs).flatMap((output) => output.imports.map(({ path }) => path));
    expect(new Set(imports)).toEqual(new Set(NODE));
  });

  it("has types that need no package but the SDK", async () => {
    const types = await filesOf(".d.ts");
    expect(types.length).toBeGreaterThan(20);
    for (const [path, text] of types)
      for (const specifier of importsOf(text)) expect(specifier, path).toBe("@aws-sdk/client-sqs");
  });

  it("puts no zod into the bundle of a service with validate: off", async () => {
    const { inputs, outputs } = await bundleOf(`
      import { createProducer } from "./dist/index.js";
      export const realtime = createProducer({ queueUrl: process.env.QUEUE, source: "/audits", validate: "off" });
    `);
    expect(Object.keys(inputs).filter((path) => path.includes("node_modules/zod"))).toEqual([]);
    const [bytes = 0] = Object.values(outputs).map((output) => output.bytes);
    expect(bytes).toBeLessThan(MAX_BUNDLE_BYTES);
  });

  it("satisfies publint", async () => {
    const { messages } = await publint({ pkgDir: built, strict: true });
    expect(messages).toEqual([]);
  });

  it("satisfies attw, and its tarball has the built files, the README and the license", async () => {
    const tarball = await packTarball(built, folder);
    const attw = await promisify(execFile)(join(BIN, "attw"), [tarball, "--profile", "esm-only", "--format", "json"]);
    expect(JSON.parse(attw.stdout)).toMatchObject({ problems: {} });
    const { stdout } = await promisify(execFile)("tar", ["-tzf", tarball]);
    const files = stdout.trim().split("\n");
    expect(files).toEqual(
      expect.arrayContaining(["package/README.md", "package/LICENSE", "package/package.json", "package/dist/index.js"]),
    );
    expect(files.filter((path) => /\.ts$/.test(path) && !path.endsWith(".d.ts"))).toEqual([]);
  });

  it("has no private member and no dependency in its package.json", async () => {
    const manifest: unknown = JSON.parse(await readFile(join(built, "package.json"), "utf8"));
    expect(manifest).toMatchObject({
      name: "@realtime-gateway/producer",
      license: "MIT",
      sideEffects: false,
      type: "module",
    });
    for (const member of ["private", "dependencies", "devDependencies"]) expect(manifest).not.toHaveProperty(member);
  });
});

/** Bundles a service as one for Lambda. Returns esbuild's facts about it. */
async function bundleOf(source: string) {
  const entry = join(built, "service.mjs");
  await writeFile(entry, source);
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: join(folder, "service.mjs"),
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    platform: "node",
    external: ["@aws-sdk/*"],
  });
  await rm(entry);
  return metafile;
}
