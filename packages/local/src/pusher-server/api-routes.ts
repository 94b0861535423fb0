import { type ApiAnswer, refuse, succeed } from "./api-answer.ts";
import { type ApiRequest, unescapePercent } from "./api-request.ts";
import { UNAUTHORIZED } from "./close-reason.ts";
import { postBatchEvents, postEvents } from "./event-routes.ts";
import type { Hub } from "./hub.ts";
import { complaintAboutAuth } from "./request-auth.ts";
import { getChannel, getChannels, getUsers } from "./state-routes.ts";

const APP_PATH = /^\/apps\/([^/]+)(\/.*)$/;

/** Answers one call of the HTTP API. */
export function answerApi(hub: Hub, request: ApiRequest): ApiAnswer {
  const [, appId, path] = APP_PATH.exec(request.rawPath) ?? [];
  if (appId === undefined || path === undefined) return refuse(404, "Not found");
  if (unescapePercent(appId) !== hub.settings.appId) return refuse(404, `App ${unescapePercent(appId)} does not exist`);
  const complaint = complaintAboutAuth(hub.settings, request, hub.settings.now());
  return complaint === undefined ? route(hub, request, path) : refuse(401, complaint);
}

function route(hub: Hub, request: ApiRequest, path: string): ApiAnswer {
  const [collection, name, rest, ...more] = path.split("/").slice(1).map(unescapePercent);
  const shape = [collection, name === undefined ? "" : "/*", rest === undefined ? "" : `/${rest}`].join("");
  if (more.length > 0) return refuse(404, "Not found");
  switch (`${request.method} ${shape}`) {
    case "POST events":
      return postEvents(hub, request);
    case "POST batch_events":
      return postBatchEvents(hub, request);
    case "GET channels":
      return getChannels(hub, request);
    case "GET channels/*":
      return getChannel(hub, request, name ?? "");
    case "GET channels/*/users":
      return getUsers(hub, name ?? "");
    case "POST users/*/terminate_connections":
      return terminateConnections(hub, name ?? "");
    default:
      return refuse(404, "Not found");
  }
}

function terminateConnections(hub: Hub, userId: string): ApiAnswer {
  for (const connection of hub.users.connections(userId)) {
    connection.close(UNAUTHORIZED.code, "Connection terminated by the app");
  }
  return succeed();
}
