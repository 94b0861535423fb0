import type { PusherClient } from "@realtime-gateway/pusher";
import type { Hono } from "hono/tiny";
import { readBody } from "../body.ts";
import { createHttpApp, type HttpEnv, Problem } from "../http.ts";
import type { Log } from "../log.ts";
import type { AuthSettings } from "../settings/auth.ts";
import { decideOpen } from "./policy.ts";

export interface AuthDeps {
  readonly config: Pick<AuthSettings, "form" | "allowedOrigins">;
  readonly client: Pick<PusherClient, "authorizeChannel">;
  readonly log: Log;
}

/** Room for a hundred channel names of 164 characters, form-encoded. */
const MAX_BODY_BYTES = 65_536;

/** Pusher's grammar, bounded: a crafted id once let authorization endpoints sign other strings. */
const SOCKET_ID = /^\d{1,20}\.\d{1,20}$/;

/** `POST /auth`, `POST /user-auth`, `GET /health`. */
export function createAuthApp({ config, client, log }: AuthDeps): Hono<HttpEnv> {
  return createHttpApp(
    [
      {
        method: "POST",
        path: "/auth",
        handle: async (context) => {
          const { fields } = await readBody(context, MAX_BODY_BYTES);
          const socketId = requiredText(fields.socket_id, "socket_id");
          const channelName = requiredText(fields.channel_name, "channel_name");
          if (!SOCKET_ID.test(socketId))
            throw new Problem(400, "invalid_socket_id", "socket_id is not a Pusher socket id");
          const decision = decideOpen(channelName, config.form);
          if (!decision.allow) throw new Problem(403, decision.code, decision.detail);
          const member = decision.presence ? { user_id: `anonymous-${socketId}` } : undefined;
          return context.json(client.authorizeChannel(socketId, channelName, member));
        },
      },
      {
        method: "POST",
        path: "/user-auth",
        handle: () => {
          throw new Problem(403, "users_unknown", "Sign-in needs known users; REALTIME_AUTH_MODE=open knows none");
        },
      },
      { method: "GET", path: "/health", handle: (context) => context.json({ status: "ok" }) },
    ],
    { config, log },
  );
}

function requiredText(value: unknown, field: string): string {
  if (value === undefined) throw new Problem(400, "invalid_body", `${field} is missing`);
  if (typeof value !== "string") throw new Problem(400, "invalid_body", `${field} is not a string`);
  return value;
}
