import { execFile } from "node:child_process";
import { access, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
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
const fontsConfiguration = (fonts: string, cache: string): string =>
  `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${cache}</cachedir></fontconfig>`;

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

const { RUN_CACHE = tmpdir() } = env;

/** Unpacks Chromium once for all files of a run: 211 MB, and 3 s of CPU. The run removes it. */
async function unpacked(): Promise<string> {
  const folder = join(RUN_CACHE, "gateway-chromium");
  if (await exists(folder)) return folder;
  const own = await mkdtemp(`${folder}-`);
  await promisify(execFile)(process.execPath, [UNPACK], { env: { ...WITH_LIBRARIES, TMPDIR: own } });
  // Another file may have been faster.
  await rename(own, folder).catch(() => rm(own, { recursive: true }));
  return folder;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Starts a headless Chromium from npm with a home of its own. `close` removes the home. */
export async function startChromium(): Promise<Chromium> {
  const { path: home, remove } = await createTemporaryFolder("chromium");
  try {
    const folder = await unpacked();
    await writeFile(join(home, "fonts.conf"), fontsConfiguration(join(folder, "fonts"), join(home, "fonts-cache")));
    const browser = await chromium.launch({
      executablePath: join(folder, "chromium"),
      args: FLAGS,
      env: { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: home, HOME: home },
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
