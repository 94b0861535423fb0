import * as z from "zod/mini";

const Names = z.optional(z.record(z.string(), z.string()));

/** The members of a package.json that packing reads or copies. */
const SourceManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  type: z.literal("module"),
  sideEffects: z.optional(z.boolean()),
  engines: Names,
  exports: z.record(z.string(), z.string()),
  /** Commands: name → source file. */
  bin: Names,
  dependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z.optional(z.record(z.string(), z.object({ optional: z.boolean() }))),
});
export type SourceManifest = z.infer<typeof SourceManifest>;

export const parseManifest = (text: string): SourceManifest => SourceManifest.parse(JSON.parse(text));

const SCOPE = "@realtime-gateway/";

/** One way into the package. */
export interface PackEntry {
  /** The key in `exports`. */
  readonly subpath: string;
  /** The source file, from the package's folder. */
  readonly source: string;
  /** The built file, without its ending. */
  readonly out: string;
}

/** `./testing` → `testing`, `.` → `index`. */
export const entriesOf = ({ exports }: SourceManifest): readonly PackEntry[] =>
  Object.entries(exports).map(([subpath, source]) => ({
    subpath,
    source,
    out: subpath === "." ? "index" : subpath.slice("./".length),
  }));

/** The commands of the package. `subpath` is the name of the command. */
export const commandsOf = ({ bin = {} }: SourceManifest): readonly PackEntry[] =>
  Object.entries(bin).map(([subpath, source]) => ({ subpath, source, out: `bin/${subpath}` }));

/** What a consumer installs beside the package. Packages of this repository are part of the bundle. */
export const installedBeside = ({ dependencies = {}, peerDependencies = {} }: SourceManifest): readonly string[] => [
  ...Object.keys(dependencies).filter((name) => !name.startsWith(SCOPE)),
  ...Object.keys(peerDependencies),
];

/** The package.json of the packed package. `typesOf` is the path of an entry's declarations. */
export function packedManifest(source: SourceManifest, typesOf: (entry: PackEntry) => string) {
  const { exports: _, bin: __, dependencies = {}, ...rest } = source;
  const commands = commandsOf(source);
  const own = Object.entries(dependencies).filter(([name]) => !name.startsWith(SCOPE));
  return {
    ...rest,
    exports: Object.fromEntries(
      entriesOf(source).map((entry) => [
        entry.subpath,
        { types: `./${typesOf(entry)}`, default: `./dist/${entry.out}.js` },
      ]),
    ),
    ...(commands.length > 0 && {
      bin: Object.fromEntries(commands.map(({ subpath, out }) => [subpath, `dist/${out}.js`])),
    }),
    files: ["dist"],
    ...(own.length > 0 && { dependencies: Object.fromEntries(own) }),
  };
}
