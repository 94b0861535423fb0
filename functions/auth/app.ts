import type { PusherSigner } from "@realtime-gateway/pusher";
import type { AuthSettings } from "@realtime-gateway/settings";
import type { Context } from "hono";
import type { Hono } from "hono/tiny";
import { createHttpApp, type HttpEnv, Problem, problemDetails, requestId } from "../http/app.ts";
import { readBody } from "../http/body.ts";
import type { Log } from "../log.ts";
import { authorize } from "./authorize.ts";
import { authorizeEach, isRefused, type Outcome } from "./authorize-each.ts";
import type { Authenticate, Identity } from "./identity.ts";
import { signInUserOf } from "./member.ts";
import type { AskOwner } from "./ownership.ts";
import { logRefusals } from "./refusal-log.ts";
import { MAX_AUTH_BODY_BYTES, socketIdOf, subscriptionOf } from "./request.ts";

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
  const authorizeDeps = { published: config.form, client, askOwner };

  const judge = async (context: Context<HttpEnv>) => {
    const identity = await authenticate(context);
    const { socketId, channels, batched } = subscriptionOf(await readBody(context, MAX_AUTH_BODY_BYTES));
    requireOwnSocket(identity, socketId);
    const outcomes = await authorizeEach(channels, (channel) => authorize(identity, socketId, channel, authorizeDeps));
    return { outcomes, batched };
  };

  const signIn = async (context: Context<HttpEnv>) => {
    const identity = await authenticate(context);
    const socketId = socketIdOf(await readBody(context, MAX_AUTH_BODY_BYTES));
    requireOwnSocket(identity, socketId);
    requireNoChannels(identity);
    return client.authenticateUser(socketId, signInUserOf(identity));
  };

  /** Records why nothing was judged at all. */
  const recorded = async <T>(
    context: Context<HttpEnv>,
    work: (context: Context<HttpEnv>) => Promise<T>,
  ): Promise<T> => {
    try {
      return await work(context);
    } catch (problem) {
      if (problem instanceof Problem) logRefusals([{ problem }], log, context);
      throw problem;
    }
  };

  return createHttpApp(
    [
      {
        method: "POST",
        path: "/auth",
        handle: async (context) => {
          const { outcomes, batched } = await recorded(context, judge);
          logRefusals(outcomes.filter(isRefused), log, context);
          return context.json(batched ? batchAnswer(outcomes, requestId(context)) : onlyAnswer(outcomes));
        },
      },
      {
        method: "POST",
        path: "/user-auth",
        handle: async (context) => context.json(await recorded(context, signIn)),
      },
      { method: "GET", path: "/health", handle: (context) => context.json({ status: "ok" }) },
    ],
    { config, log },
  );
}

/** What the `pusher-js-auth` plugin expects of each channel: its authorization with status 200, or a refusal. */
const batchAnswer = (outcomes: readonly Outcome[], id: string | undefined) =>
  Object.fromEntries(
    outcomes.map((outcome) => [
      outcome.channel,
      isRefused(outcome)
        ? { status: outcome.problem.status, data: problemDetails(outcome.problem, id) }
        : { status: 200, data: outcome.authorization },
    ]),
  );

function onlyAnswer([outcome]: readonly Outcome[]) {
  if (outcome === undefined) throw new Error("a subscription is for one channel at least");
  if (isRefused(outcome)) throw outcome.problem;
  return outcome.authorization;
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
