import { beforeEach, vi } from "vitest";
import { app as expressApp } from "../../../examples/express/server.ts";
import { app as honoApp } from "../../../examples/hono/server.ts";
import { POST as authRoute } from "../../../examples/nextjs/app/api/pusher/auth/route.ts";
import { POST as userAuthRoute } from "../../../examples/nextjs/app/api/pusher/user-auth/route.ts";
import { hmac, makeToken, PROXY_SECRET } from "../tokens.ts";
import type { ExampleGateway } from "./example-gateway.ts";
import { serveNode, serveRequests } from "./web-server.ts";

const SESSION_SECRET = "session-s3cr3t-session-s3cr3t-se";

/** A session token. The examples accept it unless another secret signs it. */
export const sessionOf = (user: string, audits: readonly string[], secret = SESSION_SECRET): string =>
  makeToken(hmac(secret), {
    sub: user,
    name: user.toUpperCase(),
    audits,
    exp: Math.floor(Date.now() / 1000) + 300,
  });

/** Sets the environment of the examples for each test. They run in this process. */
export function pointExamplesAt(gateway: () => ExampleGateway): void {
  beforeEach(() => {
    vi.stubEnv("REALTIME_GATEWAY_URL", gateway().url);
    vi.stubEnv("REALTIME_PROXY_SECRET", PROXY_SECRET);
    vi.stubEnv("SESSION_SECRET", SESSION_SECRET);
    return () => vi.unstubAllEnvs();
  });
}

/** Next.js finds routes by their folder. */
const nextRoutes: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  "/api/pusher/auth": authRoute,
  "/api/pusher/user-auth": userAuthRoute,
};

export const nextApp = (request: Request): Response | Promise<Response> =>
  nextRoutes[new URL(request.url).pathname]?.(request) ?? new Response(null, { status: 404 });

export const EXAMPLES = [
  { example: "Next.js", serve: () => serveRequests(nextApp) },
  { example: "Hono", serve: () => serveRequests((request) => honoApp.fetch(request)) },
  { example: "Express", serve: () => serveNode(expressApp) },
];
