import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

/** The minified and compressed size of a module that exports all of these entries, as a page's bundler makes it. */
async function sizeOf(...entries: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: entries.map((entry) => `export * from "./packages/client/src/${entry}.ts";`).join("\n"),
      resolveDir: process.cwd(),
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: ["react", "@tanstack/*"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).byteLength;
}

const core = await sizeOf("index");

it("weighs at most 4,608 bytes in the page", () => {
  expect(core).toBeGreaterThan(0);
  expect(core).toBeLessThanOrEqual(4608);
});

it.each([
  ["react", 800],
  ["tanstack-query", 500],
])("weighs at most this much more with %s: %i bytes", async (entry, budget) => {
  expect((await sizeOf("index", entry)) - core).toBeLessThanOrEqual(budget);
});
