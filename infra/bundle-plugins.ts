import { aliases } from "../tools/build.ts";

/** The part of esbuild's plugin API that SST passes on. */
interface PluginBuild {
  onResolve(
    options: { readonly filter: RegExp },
    callback: (args: ImportRequest) => { readonly path: string } | undefined,
  ): void;
}

interface ImportRequest {
  readonly path: string;
}

const paths = new Map<string, string>(Object.entries(aliases));

/** Resolves the aliases of our own build in SST's bundler, which has no option for aliases. */
const resolveAliases = {
  name: "resolve-aliases",
  setup(build: PluginBuild): void {
    // SST does not apply the filter, so every import arrives here.
    build.onResolve({ filter: /./ }, ({ path }) => {
      const alias = paths.get(path);
      return alias === undefined ? undefined : { path: alias };
    });
  },
};

export default [resolveAliases];
