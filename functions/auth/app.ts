import type { ChannelAuthorization, PusherSigner } from "@realtime-gateway/pusher";
import type { AuthSettings } from "@realtime-gateway/settings";
import type { Context } from "hono";
import type { Hono } from "hono/tiny";
import { createHttpApp, type HttpEnv, Problem, problemDetails, requestId } from "../http/app.ts";
import { readBody } from "../http/body.ts";
import type { Log } from "../log.ts";
import { authorize } from "./authorize.ts";
import { Denial, logDenials } from "./denial.ts";
import { type Authenticate, type Identity, signInUserOf } from "./identity.ts";
import { MAX_AUTH_BODY_BYTES, socketIdOf, subscriptionOf } from "./subscription.ts";

export interface AuthAppDeps {
  readonly config: Pick<AuthSettings, "form" | "basePath" | "allowedOrigins">;
  readonly signer: Pick<PusherSigner, "authorizeChannel" | "authenticateUser">;
  readonly authenticate: Authenticate;
  readonly log: Log;
}

interface ChannelAnswer {
  readonly channel: string;
  readonly answer: ChannelAuthorization | Denial;
}

/** `POST /auth`, `POST /user-auth`, `GET /health`. */
export function createAuthApp(deps: AuthAppDeps): Hono<HttpEnv> {
  return createHttpApp(
    [
      { method: "POST", path: "/auth", handle: (context) => subscribe(context, deps) },
      { method: "POST", path: "/user-auth", handle: (context) => signIn(context, deps) },
      { method: "GET", path: "/health", handle: (context) => context.json({ status: "ok" }) },
    ],
    deps,
  );
}

async function subscribe(context: Context<HttpEnv>, deps: AuthAppDeps): Promise<Response> {
  const identity = await identityOf(context, deps);
  const { socketId, channels, batched } = subscriptionOf(await readBody(context, MAX_AUTH_BODY_BYTES));
  allowed(identity.checkConnection(socketId), context, deps);
  const authorizeDeps = { published: deps.config.form, signer: deps.signer };
  const answers = await Promise.all(
    channels.map(async (channel) => ({ channel, answer: await authorize(identity, socketId, channel, authorizeDeps) })),
  );
  logDenials(answers.flatMap(denialIn), deps.log, requestId(context));
  return context.json(batched ? batchAnswer(answers, requestId(context)) : onlyAnswer(answers));
}

async function signIn(context: Context<HttpEnv>, deps: AuthAppDeps): Promise<Response> {
  const identity = await identityOf(context, deps);
  const socketId = socketIdOf(await readBody(context, MAX_AUTH_BODY_BYTES));
  allowed(identity.checkConnection(socketId), context, deps);
  const user = allowed(signInUserOf(identity.signInUser()), context, deps);
  return context.json(deps.signer.authenticateUser(socketId, user));
}

/** Comes before the body: a request without credentials learns nothing, and its body is not parsed. */
const identityOf = async (context: Context<HttpEnv>, deps: AuthAppDeps): Promise<Identity> =>
  allowed(await deps.authenticate((name) => context.req.header(name)), context, deps);

/** Logs a denial of the whole request and ends the request with it. */
function allowed<T>(result: T | Denial, context: Context<HttpEnv>, { log }: Pick<AuthAppDeps, "log">): T {
  if (!(result instanceof Denial)) return result;
  logDenials([{ denial: result }], log, requestId(context));
  throw problemOf(result);
}

const denialIn = ({ channel, answer }: ChannelAnswer) =>
  answer instanceof Denial ? [{ channel, denial: answer }] : [];

/** The format of the `pusher-js-auth` plugin: per channel, status 200 with the authorization, or a problem. */
const batchAnswer = (answers: readonly ChannelAnswer[], id: string | undefined) =>
  Object.fromEntries(
    answers.map(({ channel, answer }) => [
      channel,
      answer instanceof Denial
        ? { status: answer.status, data: problemDetails(problemOf(answer), id) }
        : { status: 200, data: answer },
    ]),
  );

function onlyAnswer([only]: readonly ChannelAnswer[]): ChannelAuthorization {
  if (only === undefined) throw new Error("a subscription names at least one channel");
  if (only.answer instanceof Denial) throw problemOf(only.answer);
  return only.answer;
}

/** RFC 6750: a 401 names the scheme, and the error if there was a token. */
const challengeOf = ({ status, code }: Denial): Readonly<Record<string, string>> => {
  if (status !== 401) return {};
  return { "www-authenticate": code === "invalid_token" ? 'Bearer error="invalid_token"' : "Bearer" };
};

/** `logDenials` logs each denial, with the kind of its channel. */
const IS_LOGGED = { isLogged: true };

const problemOf = (denial: Denial): Problem =>
  new Problem(denial.status, denial.code, denial.detail, challengeOf(denial), IS_LOGGED);
