import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { licensesOf, packagesIn } from "../../../../tools/pack/licenses.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

describe("the packages among bundled sources", () => {
  it("are those in node_modules, each once", () => {
    const sources = [
      "packages/local/src/index.ts",
      "node_modules/hono/dist/hono.js",
      "node_modules/hono/dist/context.js",
      "node_modules/@noble/ciphers/salsa.js",
      "node_modules/a/node_modules/b/index.js",
    ];
    expect(packagesIn(sources)).toEqual([
      "node_modules/@noble/ciphers",
      "node_modules/a/node_modules/b",
      "node_modules/hono",
    ]);
  });
});

describe("the list of licenses", () => {
  it("has the version, the name and the text of each license", async () => {
    const text = await licensesOf(ROOT, ["node_modules/hono", "node_modules/ws"]);
    expect(text).toMatch(/^hono \d+\.\d+\.\d+: MIT$/m);
    expect(text).toMatch(/^ws \d+\.\d+\.\d+: MIT$/m);
    expect(text.match(/Permission is hereby granted/g)).toHaveLength(2);
  });
});
