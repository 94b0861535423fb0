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
}

export type PackPlatform = "browser" | "node";

export const RECIPES: readonly PackRecipe[] = [
  // The catalog's schemas then need no zod, neither in bundles of services nor for the types (decision 024).
  { folder: "producer", aliases: { "zod/mini": "packages/producer/src/zod-subset/index.ts" } },
  { folder: "pusher-server", files: { "dist/openapi.yaml": "docs/contract/pusher-server.yaml" } },
  { folder: "client", platform: "browser" },
];
