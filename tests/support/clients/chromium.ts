import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const UNPACK = fileURLToPath(new URL("./unpack-chromium.ts", import.meta.url));

/** The package brings the shared libraries that a bare machine lacks, and unpacks them where it believes to be on Lambda. */
const WITH_LIBRARIES = { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" };

/**
 * Of our own: those that the package recommends switch off the very checks of cross-origin requests that are tested.
 * No sandbox, as whoever runs the tests may be root. Nothing but loopback can be reached.
 */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-proxy-server",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** What the package has a Chromium for. */
export const CHROMIUM_RUNS = process.platform === "linux" && process.arch === "x64";

export interface Chromium {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** A headless Chromium straight from npm, in a folder of its own that goes with it. */
export async function startChromium(): Promise<Chromium> {
  const folder = await mkdtemp(join(tmpdir(), "chromium-"));
  const removed = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [UNPACK], {
      env: { ...WITH_LIBRARIES, TMPDIR: folder },
    });
    const browser = await chromium.launch({
      executablePath: stdout.trim(),
      args: FLAGS,
      env: { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts"), HOME: folder },
    });
    return {
      browser,
      async close() {
        await browser.close();
        await removed();
      },
    };
  } catch (error) {
    await removed();
    throw error;
  }
}
