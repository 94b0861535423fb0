import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, vi } from "vitest";
import { APP, startServer } from "../pusher-server.ts";
import { startAuthServer } from "../realtime-page.ts";
import { type Chromium, openContext, startChromium } from "./chromium.ts";
import type { RealtimeScriptOptions, Script, ScriptState } from "./realtime-script.ts";
import { serveRequests } from "./web-server.ts";

const PAGE = `<!doctype html><title>A page</title><main></main>
<script src="/pusher.js"></script><script src="/script.js"></script>`;

/** A browser, and the script of its pages. The caller closes it. */
export interface RealtimeChromium {
  readonly chromium: Chromium;
  readonly script: string;
}

export async function startRealtimeChromium(): Promise<RealtimeChromium> {
  const [chromium, { outputFiles }] = await Promise.all([
    startChromium(),
    build({
      entryPoints: [fileURLToPath(new URL("./realtime-script.ts", import.meta.url))],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "scripts",
      platform: "browser",
      define: { "process.env.NODE_ENV": '"development"' },
    }),
  ]);
  return { chromium, script: outputFiles.map(({ text }) => text).join("") };
}

export interface ChromiumPageOptions extends Pick<RealtimeScriptOptions, "channels"> {
  /** The page loads `pusher-js/with-encryption`. */
  readonly withEncryption?: boolean;
}

const require = createRequire(import.meta.url);
const pusherJs = (withEncryption = false): Promise<string> =>
  readFile(require.resolve(`pusher-js/dist/web/pusher${withEncryption ? "-with-encryption" : ""}.js`), "utf8");

/** Opens a page with a Pusher server and an authorization of its own. All of it ends with the test. */
export async function openChromiumPage(
  { chromium, script }: RealtimeChromium,
  { withEncryption, ...options }: ChromiumPageOptions = {},
) {
  const [server, auth] = [await startServer(), await startAuthServer(options.channels)];
  const scripts = new Map([
    ["/pusher.js", await pusherJs(withEncryption)],
    ["/script.js", script],
  ]);
  const web = await serveRequests(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return new Response(PAGE, { headers: { "content-type": "text/html" } });
    const text = scripts.get(pathname);
    if (text !== undefined) return new Response(text, { headers: { "content-type": "text/javascript" } });
    if (pathname === "/favicon.ico") return new Response(null, { status: 204 });
    const headers = {
      "content-type": request.headers.get("content-type") ?? "",
      authorization: request.headers.get("authorization") ?? "",
    };
    return fetch(new URL(pathname, auth.url), { method: "POST", headers, body: await request.text() });
  });
  onTestFinished(() => web.stop());
  const context = await openContext(chromium.browser);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const consoleErrors: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) consoleErrors.push(message.text());
  });
  await page.goto(web.origin);
  const address = { key: APP.key, wsHost: server.host, wsPort: server.port, authUrl: new URL(auth.url).pathname };
  const handle = await page.evaluateHandle<Script>(
    `scripts.startScript(Pusher, document.querySelector("main"), ${JSON.stringify({ ...address, ...options })})`,
  );
  const state = (): Promise<ScriptState> => handle.evaluate((started) => started.state());
  return {
    server,
    auth,
    context,
    page,
    consoleErrors,
    state,
    /** A headless browser never hides a page, so the page reports it itself, with the browser's own kind of event. */
    become: (visibility: "hidden" | "visible") =>
      page.evaluate(`
        Object.defineProperty(document, "visibilityState", { value: "${visibility}", configurable: true });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      `),
    /** Calls a function of the page's script. */
    run: (name: "show" | "hide" | "look" | "holdReads" | "releaseReads") =>
      handle.evaluate((started, called) => started[called](), name),
    show: () => handle.evaluate((started) => started.show()),
    listen: (audits: number) => handle.evaluate((started, count) => started.listen(count), audits),
    render: (components: number) => handle.evaluate((started, count) => started.render(count), components),
    until: (expected: Partial<ScriptState>) =>
      vi.waitFor(async () => expect(await state()).toMatchObject(expected), { timeout: 120_000, interval: 20 }),
  };
}
