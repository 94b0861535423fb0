import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import type { Connect } from "vite";
import { createServer } from "vite";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** The address of the Pusher server, which the page reads from `import.meta.env`. */
export interface PageSettings {
  readonly key: string;
  readonly host: string;
  readonly port: number;
}

export interface PageServer {
  /** Answers each path that the API does not. */
  readonly middleware: Connect.Server;
  stop(): Promise<void>;
}

/** Vite as a part of this server. It compiles the page as it is asked for, and reloads it after a change. */
export async function startPageServer(server: Server, { key, host, port }: PageSettings): Promise<PageServer> {
  const vite = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    appType: "spa",
    server: { middlewareMode: true, hmr: { server } },
    define: {
      "import.meta.env.VITE_PUSHER_KEY": JSON.stringify(key),
      "import.meta.env.VITE_PUSHER_HOST": JSON.stringify(host),
      "import.meta.env.VITE_PUSHER_PORT": JSON.stringify(String(port)),
    },
    // Named here, Vite bundles them before the first request. Otherwise it finds them later, and reloads the page.
    optimizeDeps: { include: ["pusher-js", "react", "react-dom/client", "react/jsx-dev-runtime", "react/jsx-runtime"] },
  });
  return { middleware: vite.middlewares, stop: () => vite.close() };
}
