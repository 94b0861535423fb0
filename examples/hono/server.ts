import { Hono } from "hono";
import { mayJoin } from "../nextjs/lib/may-join.ts";
import { forwardSignIn, forwardSubscription } from "../nextjs/lib/realtime/forward.ts";
import { readSession } from "../nextjs/lib/session.ts";
import { gateway } from "../nextjs/lib/settings.ts";

/** In Node, pass it to `serve` of `@hono/node-server`. For Bun, Deno and Workers, export it as the default. */
export const app = new Hono()
  .post("/api/pusher/auth", async ({ req }) =>
    forwardSubscription(req.raw, await readSession(req.raw.headers), mayJoin, gateway()),
  )
  .post("/api/pusher/user-auth", async ({ req }) =>
    forwardSignIn(req.raw, await readSession(req.raw.headers), gateway()),
  );
