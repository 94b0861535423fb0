/** How a package of the repository becomes one that others install. The rest comes from its package.json. */
export interface PackRecipe {
  /** The folder below `packages`. */
  readonly folder: string;
  /** Modules that the packed package has instead of a dependency: import → path from the root of the project. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Further files: path in the package → path from the root of the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** `browser`: browsers of the last years run the modules, and Node does. Default: `node`. */
  readonly platform?: PackPlatform;
  /** Sources in place of those in `exports`, where the repository itself uses more than others may: subpath → source. */
  readonly exports?: Readonly<Record<string, string>>;
  /** Modules that run as processes or threads of their own: path below `dist`, without its ending → source. */
  readonly processes?: Readonly<Record<string, string>>;
  /** The package holds the built functions, in `dist/functions`. */
  readonly functions?: true;
  /** The package holds the built page of the console, in `dist/console`. */
  readonly console?: true;
  /** Subpaths that only the repository uses. */
  readonly ownSubpaths?: readonly string[];
}

export type PackPlatform = "browser" | "node";

export const RECIPES: readonly PackRecipe[] = [
  // The catalog's schemas then need no zod, neither in bundles of services nor for the types (decision 024).
  { folder: "producer", aliases: { "zod/mini": "packages/producer/src/zod-subset/index.ts" } },
  {
    folder: "local",
    exports: { ".": "./src/published.ts" },
    processes: {
      "runtime/bootstrap": "./src/lambda/runtime/bootstrap.ts",
      "runtime/watchdog": "./src/lambda/runtime/watchdog.ts",
    },
    functions: true,
    console: true,
    ownSubpaths: ["./control"],
    // `pusher` imports 400 KB that never run here (decision 011).
    aliases: {
      "node-fetch": "functions/platform/node-fetch.ts",
      "abort-controller": "functions/platform/abort-controller.ts",
    },
    files: { "dist/openapi.yaml": "docs/contract/local.yaml" },
  },
  { folder: "pusher-server", files: { "dist/openapi.yaml": "docs/contract/pusher-server.yaml" } },
  { folder: "client", platform: "browser" },
];
