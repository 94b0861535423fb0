/** The common stack, Express behind `serverless-http` with `pusher`: an authorization endpoint as their guides show it. */
import express from "express";
import Pusher from "pusher";
import serverless from "serverless-http";
import { mayJoin } from "./express-users.ts";
import { settings } from "./settings.ts";

const pusher = new Pusher({
  appId: settings.PUSHER_APP_ID,
  key: settings.PUSHER_KEY,
  secret: settings.PUSHER_SECRET,
  host: settings.PUSHER_HOST,
  port: settings.PUSHER_PORT,
  useTLS: false,
});

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
