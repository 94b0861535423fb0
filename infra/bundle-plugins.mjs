import { aliases } from "../functions/aliases.mjs";

/**
 * The part of esbuild's plugin API that SST passes on.
 * @typedef {(request: { readonly path: string }) => { readonly path: string } | undefined} Resolve
 * @typedef {{ onResolve(options: { readonly filter: RegExp }, resolve: Resolve): void }} PluginBuild
 */

/** @type {ReadonlyMap<string, string>} */
const paths = new Map(Object.entries(aliases));

/** Resolves the aliases of our own build in SST's bundler, which has no option for aliases. */
const resolveAliases = {
  name: "resolve-aliases",
  /** @param {PluginBuild} build */
  setup(build) {
    // SST does not apply the filter, so every import arrives here.
    build.onResolve({ filter: /./ }, ({ path }) => {
      const alias = paths.get(path);
      return alias === undefined ? undefined : { path: alias };
    });
  },
};

export default [resolveAliases];
