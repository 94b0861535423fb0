import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const EXAMPLE = fileURLToPath(new URL("../../examples/nextjs/", import.meta.url));

/** The packages that `create-next-app` chooses, and itself for its template. */
const PACKAGES = [
  "next@16.4.6",
  "react@19.3.1",
  "react-dom@19.3.1",
  "typescript@5.9.3",
  "@types/node@24.19.2",
  "@types/react@19.3.3",
  "@types/react-dom@19.3.0",
  "create-next-app@16.4.3",
  "jose@6.2.17",
];

const PAGES = {
  "app/layout.tsx":
    'export default function Layout({ children }: Readonly<{ children: React.ReactNode }>) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  "app/page.tsx": "export default function Page() {\n  return <main>Audits</main>;\n}\n",
};

let app: string;
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), "next-app-"));
  await writeFile(join(app, "package.json"), JSON.stringify({ name: "app", private: true }));
  await run("npm", ["install", "--save-exact", "--no-audit", "--no-fund", ...PACKAGES]);
});
afterAll(() => rm(app, { recursive: true }));

/** Runs a command in the app's folder. Returns its output. Throws, with the output, if it fails. */
async function run(command: string, args: readonly string[]): Promise<string> {
  // Vitest sets NODE_ENV to test, under which Next.js does not build. All else, such as the registry, is the user's.
  const { NODE_ENV: _, ...inherited } = process.env;
  const env = { ...inherited, NEXT_TELEMETRY_DISABLED: "1" };
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: app, env, maxBuffer: 10_000_000 });
  return stdout + stderr;
}

/** Copies a folder of the example. The imports lose their ending `.ts`, as in its README. */
async function copyExample(folder: string): Promise<void> {
  await cp(join(EXAMPLE, folder), join(app, folder), { recursive: true });
  for (const name of await readdir(join(app, folder), { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    const path = join(app, folder, name);
    const source = await readFile(path, "utf8");
    await writeFile(path, source.replaceAll(/(from "\.[^"]+)\.ts"/g, '$1"'));
  }
}

describe("the Next.js example in an app of create-next-app", () => {
  it("builds with the template's own tsconfig.json", async () => {
    const template = join(app, "node_modules/create-next-app/dist/templates/app/ts/tsconfig.json");
    await cp(template, join(app, "tsconfig.json"));
    for (const folder of ["app", "lib"]) await copyExample(folder);
    await mkdir(join(app, "app"), { recursive: true });
    for (const [path, source] of Object.entries(PAGES)) await writeFile(join(app, path), source);
    const options = JSON.parse(await readFile(template, "utf8"));
    expect(options.compilerOptions).toMatchObject({ strict: true, lib: ["dom", "dom.iterable", "esnext"] });

    const output = await run(join(app, "node_modules/.bin/next"), ["build"]);

    for (const route of ["/api/pusher/auth", "/api/pusher/user-auth"])
      expect(output).toMatch(new RegExp(`ƒ ${route}\\s`));
  });
});
