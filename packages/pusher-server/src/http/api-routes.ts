import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Hub } from "../hub.ts";
import { UNAUTHORIZED } from "../socket/close-reason.ts";
import { type ApiAnswer, reject, succeed } from "./api-answer.ts";
import type { ApiRequest } from "./api-request.ts";
import { postBatchEvents, postEvents } from "./event-routes.ts";
import { complaintAboutAuth } from "./request-auth.ts";
import { getChannel, getChannels, getUsers } from "./state-routes.ts";

/** The call travels beside Hono's request, because clients sign the raw path and the raw body. */
interface ApiEnv {
  Bindings: { readonly call: ApiRequest };
  Variables: { readonly hub: Hub };
}

export type PusherHttpApi = (call: ApiRequest) => Promise<ApiAnswer>;

/**
 * The HTTP API of the apps, by their ids. The router reads the raw path and unescapes its parameters once. A `URL` would take the user
 * id `%2E%2E` for a step up the path.
 */
export function createApi(hubs: ReadonlyMap<string, Hub>): PusherHttpApi {
  const app = new Hono<ApiEnv>({ getPath: (_request, options) => options?.env?.call.rawPath ?? "/" })
    .use("/apps/:appId/*", requireApp(hubs), requireSignature)
    .post("/apps/:appId/events", ({ env, var: { hub } }) => respond(postEvents(hub, env.call)))
    .post("/apps/:appId/batch_events", ({ env, var: { hub } }) => respond(postBatchEvents(hub, env.call)))
    .get("/apps/:appId/channels", ({ env, var: { hub } }) => respond(getChannels(hub, env.call)))
    .get("/apps/:appId/channels/:name", ({ env, req, var: { hub } }) =>
      respond(getChannel(hub, env.call, req.param("name"))),
    )
    .get("/apps/:appId/channels/:name/users", ({ req, var: { hub } }) => respond(getUsers(hub, req.param("name"))))
    .post("/apps/:appId/users/:id/terminate_connections", ({ req, var: { hub } }) =>
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

const NOT_FOUND = reject(404, "Not found");
/** The Fetch standard forbids a `Request` with these methods. */
const UNREPRESENTABLE = new Set(["CONNECT", "TRACE", "TRACK"]);

const respond = ({ status, contentType, body }: ApiAnswer): Response =>
  new Response(body, { status, headers: { "content-type": contentType } });

const requireApp =
  (hubs: ReadonlyMap<string, Hub>): MiddlewareHandler<ApiEnv> =>
  async (context: Context<ApiEnv, "/apps/:appId/*">, next) => {
    const appId = context.req.param("appId");
    const hub = hubs.get(appId);
    if (hub === undefined) return respond(reject(404, `App ${appId} does not exist`));
    context.set("hub", hub);
    return await next();
  };

const requireSignature: MiddlewareHandler<ApiEnv> = async ({ env, var: { hub } }, next) => {
  const { settings } = hub;
  const complaint = complaintAboutAuth(settings, env.call, settings.now());
  if (complaint !== undefined) return respond(reject(401, complaint));
  return await next();
};

function terminateConnections(hub: Hub, userId: string): ApiAnswer {
  for (const connection of hub.users.connections(userId)) {
    connection.close(UNAUTHORIZED.code, "Connection terminated by the app");
  }
  return succeed();
}
