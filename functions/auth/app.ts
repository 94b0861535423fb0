import type { PusherSigner } from "@realtime-gateway/pusher";
import type { Context } from "hono";
import type { Hono } from "hono/tiny";
import { createHttpApp, type HttpEnv, Problem } from "../http.ts";
import type { Log } from "../log.ts";
import type { AuthSettings } from "../settings/auth.ts";
import { authorize } from "./authorize.ts";
import { authorizeEach } from "./authorize-each.ts";
import { createDenialLog } from "./denial-log.ts";
import type { Authenticate, Identity } from "./identity.ts";
import { signInUserOf } from "./member.ts";
import type { AskOwner } from "./ownership.ts";
import { readSignIn, readSubscription } from "./request.ts";

export interface AuthDeps {
  readonly config: Pick<AuthSettings, "form" | "allowedOrigins">;
  readonly client: Pick<PusherSigner, "authorizeChannel" | "authenticateUser">;
  readonly authenticate: Authenticate;
  /** Not set: what no grant covers is denied. */
  readonly askOwner?: AskOwner | undefined;
  readonly log: Log;
}

/** `POST /auth`, `POST /user-auth`, `GET /health`. Who asks is settled before what is asked is read. */
export function createAuthApp({ config, client, authenticate, askOwner, log }: AuthDeps): Hono<HttpEnv> {
  const denials = createDenialLog(log);
  const authorizeDeps = { published: config.form, client, askOwner };

  const subscribe = async (context: Context<HttpEnv>): Promise<Response> => {
    const identity = await authenticate(context);
    const subscription = await readSubscription(context);
    const { socketId } = subscription;
    requireOwnSocket(identity, socketId);
    const authorizeOne = (channel: string) =>
      denials.logged(context, () => authorize(identity, socketId, channel, authorizeDeps), channel);
    if ("channel" in subscription) return context.json(await authorizeOne(subscription.channel));
    return context.json(await authorizeEach(subscription.channels, authorizeOne, context));
  };

  const signIn = async (context: Context<HttpEnv>): Promise<Response> => {
    const identity = await authenticate(context);
    const { socketId } = await readSignIn(context);
    requireOwnSocket(identity, socketId);
    requireNoChannels(identity);
    return context.json(client.authenticateUser(socketId, signInUserOf(identity)));
  };

  return createHttpApp(
    [
      { method: "POST", path: "/auth", handle: (context) => denials.logged(context, () => subscribe(context)) },
      { method: "POST", path: "/user-auth", handle: (context) => denials.logged(context, () => signIn(context)) },
      { method: "GET", path: "/health", handle: (context) => context.json({ status: "ok" }) },
    ],
    { config, log },
  );
}

function requireOwnSocket(identity: Identity, socketId: string): void {
  if (identity.mode === "proxy" && identity.socketId !== socketId)
    throw new Problem(403, "assertion_mismatch", "The assertion is for another connection");
}

/** An assertion that a channel was asked for must not sign anybody in. */
function requireNoChannels(identity: Identity): void {
  if (identity.mode === "proxy" && identity.channels !== undefined)
    throw new Problem(403, "assertion_mismatch", "The assertion is for channels, not for a sign-in");
}
