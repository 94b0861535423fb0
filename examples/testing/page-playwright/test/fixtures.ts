import { test as base } from "@playwright/test";
import { type Gateway, startGateway } from "@realtime-gateway/local";
import { createServer } from "vite";

interface Shared {
  readonly gateway: Gateway;
  readonly pageUrl: string;
}

/** One gateway and one page server for each worker, on free ports. So workers run in parallel and share nothing. */
export const test = base.extend<{ readonly cleanGateway: Gateway }, Shared>({
  gateway: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that this one needs from the braces.
    async ({}, use) => {
      await using gateway = await startGateway();
      await use(gateway);
    },
    { scope: "worker" },
  ],
  pageUrl: [
    async ({ gateway }, use) => {
      Object.assign(process.env, gateway.env);
      const server = await createServer({
        envPrefix: ["VITE_", "NEXT_PUBLIC_"],
        server: { host: "127.0.0.1", port: 0 },
        logLevel: "error",
      });
      await server.listen();
      await use(server.resolvedUrls?.local[0] ?? "");
      await server.close();
    },
    { scope: "worker" },
  ],
  cleanGateway: async ({ gateway }, use) => {
    await gateway.reset();
    await use(gateway);
  },
});

export { expect } from "@playwright/test";
