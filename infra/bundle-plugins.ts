import { aliases } from "../tools/build.ts";

/** Of an esbuild plugin, what SST passes on to one: its bundler is Go's esbuild, and takes no aliases. */
interface Build {
  onResolve(
    options: { readonly filter: RegExp },
    callback: (args: Asked) => { readonly path: string } | undefined,
  ): void;
}
interface Asked {
  readonly path: string;
}

const paths = new Map<string, string>(Object.entries(aliases));

/** The aliases of our own bundles, for SST's. */
const platformOwn = {
  name: "platform-own",
  setup(build: Build): void {
    // SST tests the filter against nothing, so that every import has to be asked about.
    build.onResolve({ filter: /./ }, ({ path }) => {
      const ours = paths.get(path);
      return ours === undefined ? undefined : { path: ours };
    });
  },
};

export default [platformOwn];
