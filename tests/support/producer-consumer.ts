import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { buildPackage } from "../../tools/pack/pack.ts";
import { RECIPES } from "../../tools/pack/recipes.ts";

const MODULES = fileURLToPath(new URL("../../node_modules/", import.meta.url));
/** What a service installs beside the producer. These are links to the packages of this project. */
const BESIDE_PRODUCER = ["@aws-sdk/client-sqs", "@types/node", "pusher-js", "zod"];

/** The strict settings of a service, with each of the two ways to find modules. */
const COMPILER_OPTIONS = {
  target: "es2022",
  types: ["node"],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
};
const MODULE_SETTINGS = {
  nodenext: { module: "nodenext" },
  bundler: { module: "preserve", moduleResolution: "bundler" },
};

/** A service outside of the workspace that has a packed package, by default the producer, and others beside it. */
export async function createConsumer(name = "producer", beside: readonly string[] = BESIDE_PRODUCER) {
  // macOS has a symbolic link in its temporary path.
  const root = await realpath(await mkdtemp(join(tmpdir(), `${name}-consumer-`)));
  await writeFile(join(root, "package.json"), JSON.stringify({ name: "service", type: "module" }));
  const installed = join(root, "node_modules/@realtime-gateway", name);
  for (const recipe of RECIPES.filter(({ folder }) => folder === name)) await buildPackage(recipe, installed);
  for (const dependency of beside) {
    const link = join(root, "node_modules", dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(MODULES, dependency), link);
  }
  const bin = join(root, "node_modules/.bin");
  await mkdir(bin);
  await symlink("../@realtime-gateway/producer/dist/bin/realtime-producer.js", join(bin, "realtime-producer"));
  return {
    root,
    installed,
    write: (path: string, text: string) => writeFile(join(root, path), text),
    remove: () => rm(root, { recursive: true }),
    /** Compiles the given files. Resolves with the compiler's complaints. */
    async compile(kind: keyof typeof MODULE_SETTINGS, files: readonly string[]): Promise<string> {
      const path = join(root, `tsconfig.${kind}.json`);
      const compilerOptions = { ...COMPILER_OPTIONS, ...MODULE_SETTINGS[kind] };
      await writeFile(path, JSON.stringify({ compilerOptions, files }));
      return promisify(execFile)(join(MODULES, ".bin/tsc"), ["-p", path], { cwd: root }).then(
        ({ stdout }) => stdout,
        (error: { readonly stdout?: string }) => error.stdout ?? String(error),
      );
    },
    /** Runs a file of the service. It ends with the test. */
    run(path: string, env: Readonly<Record<string, string>>) {
      const child = spawn(process.execPath, [path], { cwd: root, env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
      onTestFinished(() => void child.kill("SIGKILL"));
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return {
        /** The next line of its output. */
        async line(): Promise<string> {
          const { done, value } = await lines.next();
          if (done) throw new Error(`${path} ended: ${stderr}`);
          return value;
        },
        /** All lines that are left, once it has ended. */
        async rest(): Promise<readonly string[]> {
          const rest: string[] = [];
          for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
          return stderr === "" ? rest : [...rest, stderr];
        },
      };
    },
  };
}
