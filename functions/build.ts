import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

/** The Lambda functions there are: each a folder here with a `handler.ts`. */
export const FUNCTION_NAMES = ["relay", "auth", "test-event", "webhook"] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where a function's bundle is: one file that runs alone. */
export const bundlePath = (name: FunctionName): string => here(`../dist/functions/${name}/index.mjs`);

/** What `pusher` brings, 330 KB, that the platform has of its own or that we never call. */
const platformOwn = {
  "node-fetch": here("platform/fetch.ts"),
  "abort-controller": here("platform/abort-controller.ts"),
  tweetnacl: here("platform/nacl.ts"),
  "tweetnacl-util": here("platform/nacl.ts"),
};

/**
 * Node's modules as CommonJS has them. For an `import`, Node reads every export of a module, which for some loads a good deal that nobody
 * here uses: of `node:http`, all of undici.
 */
const withoutFacade = {
  "node:crypto": here("platform/builtin/crypto.ts"),
  "node:http": here("platform/builtin/http.ts"),
  "node:https": here("platform/builtin/https.ts"),
};

/** CommonJS dependencies ask for Node's modules with `require`, which an ES module has to have of its own. */
const requireBanner = "const require = process.getBuiltinModule;";

export const bundleOptions = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  minify: true,
  sourcemap: "linked",
  // A function reads its map at every start; the sources themselves are four fifths of it.
  sourcesContent: false,
  external: ["@aws-sdk/*"],
  alias: { ...platformOwn, ...withoutFacade },
  inject: [here("platform/fetch-classes.ts")],
  banner: { js: requireBanner },
  logLevel: "warning",
} satisfies BuildOptions;

/** Writes `dist/functions/{name}/index.mjs` for every function. */
export async function buildFunctions(): Promise<void> {
  await Promise.all(
    FUNCTION_NAMES.map((name) =>
      build({ ...bundleOptions, entryPoints: [here(`${name}/handler.ts`)], outfile: bundlePath(name) }),
    ),
  );
}

if (import.meta.main) {
  await buildFunctions();
  for (const name of FUNCTION_NAMES) console.log(`dist/functions/${name}/index.mjs`);
}
