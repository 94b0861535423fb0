import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackage, packTarball } from "../../../tools/pack/pack.ts";
import { RECIPES } from "../../../tools/pack/recipes.ts";

const BIN = fileURLToPath(new URL("../../../node_modules/.bin/", import.meta.url));

let folder: string;
let built: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packed-client-"));
  built = join(folder, "client");
  for (const recipe of RECIPES.filter(({ folder: name }) => name === "client")) await buildPackage(recipe, built);
});
afterAll(() => rm(folder, { recursive: true }));

const textOf = (path: string): Promise<string> => readFile(join(built, path), "utf8");
const manifest = async () => JSON.parse(await textOf("package.json"));

/** The files of the package with an ending, and their texts. */
async function filesOf(ending: string): Promise<readonly (readonly [path: string, text: string])[]> {
  const paths = (await readdir(built, { recursive: true })).filter((path) => path.endsWith(ending));
  return Promise.all(paths.map(async (path) => [path, await textOf(path)] as const));
}

/** The packages that a text imports. */
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^".][^"]*)"/g)].map(([, specifier = ""]) => specifier);

/** The minified and compressed size of a page's module that exports all of these entries. */
async function sizeOf(...entries: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: entries.map((entry) => `export * from "./dist/${entry}.js";`).join("\n"), resolveDir: built },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: ["react"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).byteLength;
}

describe("the packed client", () => {
  it("imports nothing but React, and that in /react only", async () => {
    const modules = await filesOf(".js");
    expect(modules.length).toBeGreaterThanOrEqual(4);
    for (const [path, text] of modules)
      expect(importsOf(text), path).toEqual(path === "dist/react.js" ? ["react"] : []);
  });

  it("has types that need no package but React", async () => {
    for (const [path, text] of await filesOf(".d.ts"))
      for (const specifier of importsOf(text))
        expect([path, specifier]).toEqual([expect.stringContaining("react"), "react"]);
  });

  it("holds the code of channel names, and no other code of the gateway", async () => {
    // esbuild writes the path of each source file above its code.
    const sources = (await filesOf(".js")).flatMap(([, text]) => [...text.matchAll(/^\/\/ (packages\/\S+\.ts)$/gm)]);
    const foreign = sources.map(([, path = ""]) => path).filter((path) => !path.startsWith("packages/client/"));
    expect(new Set(foreign)).toEqual(
      new Set(["packages/routing/src/channel.ts", "packages/routing/src/id-encoding.ts"]),
    );
  });

  it("marks /react as client code for server components", async () => {
    expect(await textOf("dist/react.js")).toMatch(/^"use client";\n/);
    for (const [path, text] of await filesOf(".js"))
      if (path !== "dist/react.js") expect(text, path).not.toContain("use client");
  });

  it("has optional peers, and no dependency", async () => {
    expect(await manifest()).toMatchObject({
      name: "@realtime-gateway/client",
      license: "MIT",
      sideEffects: false,
      type: "module",
      peerDependencies: { "@tanstack/query-core": "^5.40.0", react: ">=18" },
      peerDependenciesMeta: { "@tanstack/query-core": { optional: true }, react: { optional: true } },
    });
    for (const member of ["private", "dependencies", "devDependencies"])
      expect(await manifest()).not.toHaveProperty(member);
  });

  it("weighs in a page what packages/client promises", async () => {
    const core = await sizeOf("index");
    expect(core).toBeGreaterThan(0);
    expect(core).toBeLessThanOrEqual(4608);
    expect((await sizeOf("index", "react")) - core).toBeLessThanOrEqual(800);
    expect((await sizeOf("index", "tanstack-query")) - core).toBeLessThanOrEqual(500);
  });

  it("satisfies publint and attw", async () => {
    expect((await publint({ pkgDir: built, strict: true })).messages).toEqual([]);
    const tarball = await packTarball(built, folder);
    const attw = await promisify(execFile)(join(BIN, "attw"), [tarball, "--profile", "esm-only", "--format", "json"]);
    expect(JSON.parse(attw.stdout)).toMatchObject({ problems: {} });
  });

  it("packs the modules, their declarations, the README and the license, and nothing else", async () => {
    const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json"], { cwd: built });
    const paths = [...stdout.matchAll(/"path": "([^"]+)"/g)].map(([, path = ""]) => path);
    const generated = paths.filter((path) => /^dist\/(?:shared-\w+\.js|types\/client\/[\w/-]+\.d\.ts)$/.test(path));
    expect(generated.length).toBeGreaterThanOrEqual(8);
    expect(paths.filter((path) => !generated.includes(path)).sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist/index.js",
      "dist/react.js",
      "dist/tanstack-query.js",
      "dist/testing.js",
      "package.json",
    ]);
  });

  it("has a README whose links lead to the web, to its own sections or to packed files", async () => {
    const readme = await textOf("README.md");
    const links = [...readme.matchAll(/\]\(([^)\s]+)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(0);
    const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(
      ([, title = ""]) =>
        `#${title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, "")
          .replaceAll(" ", "-")}`,
    );
    const files = await readdir(built, { recursive: true });
    const dead = links.filter((link) => !/^https:\/\//.test(link) && !anchors.includes(link) && !files.includes(link));
    expect(dead).toEqual([]);
  });
});
