import { type Context, Hono, type MiddlewareHandler } from "hono";
import { type ApiAnswer, refuse, succeed } from "./api-answer.ts";
import type { ApiRequest } from "./api-request.ts";
import { UNAUTHORIZED } from "./close-reason.ts";
import { postBatchEvents, postEvents } from "./event-routes.ts";
import type { Hub } from "./hub.ts";
import { complaintAboutAuth } from "./request-auth.ts";
import { getChannel, getChannels, getUsers } from "./state-routes.ts";

/** The call as it was sent: what is signed is the raw path and the raw body. */
interface ApiEnv {
  Bindings: { readonly call: ApiRequest };
}

export type Api = (call: ApiRequest) => Promise<ApiAnswer>;

/**
 * The HTTP API of one app: who may call, and what each route does. Routes are found by the path as it was sent, and what
 * they find in it is unescaped once: in a URL, `%2E%2E` would be a step up the path, where it is a user's id here.
 */
export function createApi(hub: Hub): Api {
  const app = new Hono<ApiEnv>({ getPath: (_request, options) => options?.env?.call.rawPath ?? "/" })
    .use("/apps/:appId/*", onlyThisApp(hub), onlyTheSigned(hub))
    .post("/apps/:appId/events", ({ env }) => respond(postEvents(hub, env.call)))
    .post("/apps/:appId/batch_events", ({ env }) => respond(postBatchEvents(hub, env.call)))
    .get("/apps/:appId/channels", ({ env }) => respond(getChannels(hub, env.call)))
    .get("/apps/:appId/channels/:name", ({ env, req }) => respond(getChannel(hub, env.call, req.param("name"))))
    .get("/apps/:appId/channels/:name/users", ({ req }) => respond(getUsers(hub, req.param("name"))))
    .post("/apps/:appId/users/:id/terminate_connections", ({ req }) =>
      respond(terminateConnections(hub, req.param("id"))),
    )
    .notFound(() => respond(NOT_FOUND));
  return async (call) => {
    if (UNREPRESENTABLE.has(call.method)) return NOT_FOUND;
    const response = await app.fetch(new Request("http://pusher.local", { method: call.method }), { call });
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      body: await response.text(),
    };
  };
}

const NOT_FOUND = refuse(404, "Not found");
/** Methods that the Fetch standard knows no request of. */
const UNREPRESENTABLE = new Set(["CONNECT", "TRACE", "TRACK"]);

const respond = ({ status, contentType, body }: ApiAnswer): Response =>
  new Response(body, { status, headers: { "content-type": contentType } });

const onlyThisApp =
  ({ settings }: Hub): MiddlewareHandler<ApiEnv> =>
  async (context: Context<ApiEnv, "/apps/:appId/*">, next) => {
    const appId = context.req.param("appId");
    if (appId !== settings.appId) return respond(refuse(404, `App ${appId} does not exist`));
    return await next();
  };

const onlyTheSigned =
  ({ settings }: Hub): MiddlewareHandler<ApiEnv> =>
  async ({ env }, next) => {
    const complaint = complaintAboutAuth(settings, env.call, settings.now());
    if (complaint !== undefined) return respond(refuse(401, complaint));
    return await next();
  };

function terminateConnections(hub: Hub, userId: string): ApiAnswer {
  for (const connection of hub.users.connections(userId)) {
    connection.close(UNAUTHORIZED.code, "Connection terminated by the app");
  }
  return succeed();
}
