import { Hono } from "hono";
import { mayJoin } from "../nextjs/lib/may-join.ts";
import { forwardSignIn, forwardSubscription } from "../nextjs/lib/realtime/forward.ts";
import { readSession } from "../nextjs/lib/session.ts";
import { gateway } from "../nextjs/lib/settings.ts";

/** For Node's `serve(app)` of `@hono/node-server`; Bun, Deno and Workers take it as their module's default export. */
export const app = new Hono()
  .post("/api/pusher/auth", async ({ req }) =>
    forwardSubscription(req.raw, await readSession(req.raw.headers), mayJoin, gateway()),
  )
  .post("/api/pusher/user-auth", async ({ req }) =>
    forwardSignIn(req.raw, await readSession(req.raw.headers), gateway()),
  );
