/** The common stack, Express behind `serverless-http` with `pusher`: an authorization endpoint as their guides show it. */
import express from "express";
import serverless from "serverless-http";
import { mayJoin } from "./express-users.ts";
import { pusher } from "./pusher.ts";

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: false }));

app.post("/api/realtime/pusher/auth", async (request, response) => {
  const { socket_id, channel_name }: { socket_id?: unknown; channel_name?: unknown } = request.body;
  if (typeof socket_id !== "string" || typeof channel_name !== "string") {
    response.status(400).json({ error: "invalid subscription" });
    return;
  }
  if (!(await mayJoin(request, socket_id, channel_name))) {
    response.status(403).json({ error: "forbidden" });
    return;
  }
  const member = channel_name.startsWith("presence-") ? { user_id: `anonymous-${socket_id}` } : undefined;
  response.json(pusher.authorizeChannel(socket_id, channel_name, member));
});

export const handler = serverless(app);
