import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** AWS's own runtime interface client, the one in Lambda's images; it builds its native part with whatever compiler there is. */
const PACKAGE = "aws-lambda-ric";
const VERSION = "4.0.2";
const TIMEOUT_MS = 10 * 60 * 1000;

export type Installed =
  | { readonly ok: true; readonly folder: string; readonly entry: string }
  | { readonly ok: false; readonly folder: string; readonly why: string };

/** Into a folder of its own, which the caller removes. */
export async function installRic(): Promise<Installed> {
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
