import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { createTemporaryFolder } from "../temporary-folder.ts";

const UNPACK = fileURLToPath(new URL("./unpack-chromium.ts", import.meta.url));

/** With this variable, the package unpacks its shared libraries as on Lambda. A bare machine lacks them. */
const WITH_LIBRARIES = { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" };

/**
 * Our own flags, because those that the package recommends switch off the cross-origin checks under test. There is no
 * sandbox, because the tests may run as root. Chromium can reach only loopback.
 */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-proxy-server",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** The package's own configuration looks for its fonts in `/tmp/fonts`. Without a font, a page has no text and its measures are wrong. */
const fontsBelow = (folder: string): string =>
  `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`;

/** The package has a Chromium only for Linux on x64. */
export const CHROMIUM_RUNS = process.platform === "linux" && process.arch === "x64";

export interface Chromium {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Ends a test that hangs. Playwright's own 30 s are too few on a busy machine. */
const PATIENCE_MS = 150_000;

/** A context whose pages wait as patiently as all tests. The caller closes it. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Starts a headless Chromium from npm in a folder of its own. `close` removes the folder. */
export async function startChromium(): Promise<Chromium> {
  const { path: folder, remove } = await createTemporaryFolder("chromium");
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [UNPACK], {
      env: { ...WITH_LIBRARIES, TMPDIR: folder },
    });
    await writeFile(join(folder, "fonts", "fonts.conf"), fontsBelow(folder));
    const browser = await chromium.launch({
      executablePath: stdout.trim(),
      args: FLAGS,
      env: { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts"), HOME: folder },
    });
    return {
      browser,
      async close() {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
