import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { FUNCTION_NAMES } from "@realtime-gateway/functions/manifest";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { PAGE_FILES } from "../../../packages/local/src/page/page-files.ts";
import { PAGE_FOLDER } from "../../../packages/local/src/page-folder.ts";
import { bundleOptions } from "../../../tools/build.ts";
import { buildConsole } from "../../../tools/build-console.ts";

const BUDGET_BYTES = 70 * 1024;

it("the console weighs at most 70 KB compressed, pusher-js included", async () => {
  await buildConsole();
  const sizes = await Promise.all(
    Object.values(PAGE_FILES).map(
      async ({ name }) => gzipSync(await readFile(PAGE_FOLDER + name), { level: 9 }).length,
    ),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});

it.each(FUNCTION_NAMES)("no part of the console or of the local stack is in a deployed bundle: %s", async (name) => {
  const { metafile } = await build({ ...bundleOptions(name), outfile: "bundle.mjs", write: false, metafile: true });
  const local =
    /packages\/(?:console|local|client|pusher-server)\/|node_modules\/(?:preact|@preact|pusher-js|@modelcontextprotocol)\//;
  expect(Object.keys(metafile.inputs).filter((path) => local.test(path))).toEqual([]);
});
