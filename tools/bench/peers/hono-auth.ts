/** The plain stack, `hono` + `zod` + `pusher`: an authorization endpoint as their guides show it. */
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { z } from "zod";
import { pusher } from "./pusher.ts";

const Subscription = z.object({
  socket_id: z.string().regex(/^\d+\.\d+$/),
  channel_name: z.string().regex(/^(private|presence)-[A-Za-z0-9_\-=@,.;]+$/),
});

const app = new Hono();

app.post("/api/realtime/pusher/auth", async (context) => {
  const isJson = context.req.header("content-type")?.startsWith("application/json");
  const body: unknown = isJson ? await context.req.json() : await context.req.parseBody();
  const subscription = Subscription.safeParse(body);
  if (!subscription.success) return context.json({ error: "invalid subscription" }, 400);
  const { socket_id, channel_name } = subscription.data;
  const member = channel_name.startsWith("presence-") ? { user_id: `anonymous-${socket_id}` } : undefined;
  return context.json(pusher.authorizeChannel(socket_id, channel_name, member));
});

export const handler = handle(app);
