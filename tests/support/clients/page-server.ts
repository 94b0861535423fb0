import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { serveRequests, type WebServer } from "./web-server.ts";

const require = createRequire(import.meta.url);

type App = (request: Request) => Response | Promise<Response>;

/** Serves one page with `pusher-js` and the agent from an origin of its own. The app answers all other paths. */
export async function startPageServer(app: App = () => new Response(null, { status: 404 })): Promise<WebServer> {
  const scripts = new Map([
    ["/pusher.js", await readFile(require.resolve("pusher-js/dist/web/pusher-with-encryption.js"), "utf8")],
    ["/pusher-js-auth.js", await readFile(require.resolve("pusher-js-auth"), "utf8")],
    ["/agent.js", await bundleAgent()],
  ]);
  const page =
    "<!doctype html><title>A page</title>" +
    [...scripts.keys()].map((path) => `<script src="${path}"></script>`).join("");
  return serveRequests(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return new Response(page, { headers: { "content-type": "text/html" } });
    const script = scripts.get(pathname);
    if (script === undefined) return app(request);
    return new Response(script, { headers: { "content-type": "text/javascript" } });
  });
}

/** Bundles the agent as `agents.createAgent` of a page. */
async function bundleAgent(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./agent.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "agents",
    platform: "browser",
  });
  return outputFiles.map(({ text }) => text).join("");
}
