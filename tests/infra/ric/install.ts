import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The runtime interface client in AWS's own Lambda images. Its installation compiles native code. */
const PACKAGE = "aws-lambda-ric";
const VERSION = "4.0.2";
const TIMEOUT_MS = 10 * 60 * 1000;

export type RicInstallation =
  | { readonly ok: true; readonly folder: string; readonly entry: string }
  | { readonly ok: false; readonly folder: string; readonly why: string };

/** Installs the client into a new folder, which the caller removes. */
export async function installRic(): Promise<RicInstallation> {
  const folder = await mkdtemp(join(tmpdir(), "ric-"));
  const manifest = { private: true, dependencies: { [PACKAGE]: VERSION }, allowScripts: { [PACKAGE]: true } };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  try {
    await promisify(execFile)("npm", ["install"], { cwd: folder, timeout: TIMEOUT_MS });
    return { ok: true, folder, entry: join(folder, "node_modules", PACKAGE, "index.mjs") };
  } catch (error) {
    return { ok: false, folder, why: error instanceof Error ? error.message : String(error) };
  }
}
