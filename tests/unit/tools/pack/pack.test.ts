import { describe, expect, it } from "vitest";
import { packedPath, rewrite } from "../../../../tools/pack/declarations.ts";
import { entriesOf, installedBeside, packedManifest, parseManifest } from "../../../../tools/pack/manifest.ts";

const manifest = parseManifest(
  JSON.stringify({
    name: "@realtime-gateway/example",
    version: "1.2.3",
    private: true,
    description: "An example.",
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    exports: { ".": "./src/index.ts", "./testing": "./src/testing/index.ts" },
    dependencies: { "@realtime-gateway/events": "1.2.3", hono: "4.0.0" },
    devDependencies: { ws: "8.0.0" },
    peerDependencies: { react: ">=18" },
    peerDependenciesMeta: { react: { optional: true } },
  }),
);

describe("the packed manifest", () => {
  it("exports the built files, and leaves out what consumers do not need", () => {
    expect(packedManifest(manifest, ({ out }) => `dist/types/${out}.d.ts`)).toEqual({
      name: "@realtime-gateway/example",
      version: "1.2.3",
      description: "An example.",
      license: "MIT",
      type: "module",
      sideEffects: false,
      engines: { node: ">=20" },
      exports: {
        ".": { types: "./dist/types/index.d.ts", default: "./dist/index.js" },
        "./testing": { types: "./dist/types/testing.d.ts", default: "./dist/testing.js" },
      },
      files: ["dist"],
      dependencies: { hono: "4.0.0" },
      peerDependencies: { react: ">=18" },
      peerDependenciesMeta: { react: { optional: true } },
    });
  });

  it("lists the packages that are installed beside it", () => {
    expect(installedBeside(manifest)).toEqual(["hono", "react"]);
  });

  it("names each entry", () => {
    expect(entriesOf(manifest).map(({ out }) => out)).toEqual(["index", "testing"]);
  });
});

describe("the imports of a declaration", () => {
  const path = "packages/producer/src/testing/index.d.ts";
  const options = {
    aliases: { "zod/mini": "packages/producer/src/subset/index.ts" },
    external: ["@aws-sdk/client-sqs"],
  };

  it.each([
    ['import type { A } from "../a.ts";', 'import type { A } from "../a.js";', "packages/producer/src/a.d.ts"],
    ['export * from "./b.ts";', 'export * from "./b.js";', "packages/producer/src/testing/b.d.ts"],
    [
      'type E = import("@realtime-gateway/events").E;',
      'type E = import("../../events/index.js").E;',
      "packages/events/src/index.d.ts",
    ],
    [
      'import * as z from "zod/mini";',
      'import * as z from "../subset/index.js";',
      "packages/producer/src/subset/index.d.ts",
    ],
  ])("become relative: %s", (before, after, target) => {
    expect(rewrite(path, before, options)).toEqual({ text: after, targets: [target] });
  });

  it.each(['import type { S } from "@aws-sdk/client-sqs";', 'import "node:events";'])("remain: %s", (text) => {
    expect(rewrite(path, text, options)).toEqual({ text, targets: [] });
  });

  it("must not lead to a package that a consumer does not install", () => {
    expect(() => rewrite(path, 'import * as z from "zod";', options)).toThrow("imports the types of zod");
  });

  it("lead to one folder for each package", () => {
    expect(packedPath("packages/events/src/catalog.d.ts")).toBe("events/catalog.d.ts");
  });
});
