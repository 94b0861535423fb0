import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const inputsOf = async (entry: string): Promise<readonly string[]> => {
  const path = fileURLToPath(new URL(`../../../packages/access/src/${entry}`, import.meta.url));
  const options = { bundle: true, write: false, metafile: true, platform: "node", format: "esm" } as const;
  const { metafile } = await build({ entryPoints: [path], ...options });
  return Object.keys(metafile.inputs);
};

const JOSE = expect.stringContaining("node_modules/jose/");

it("the entry that every mode loads brings no jose, which takes time to load", async () => {
  expect(await inputsOf("index.ts")).not.toContainEqual(JOSE);
  expect(await inputsOf("tokens.ts")).toContainEqual(JOSE);
});
