import { CONTROL_PATH } from "../control/control-route.ts";
import type { RequestObservation } from "../http-api/http-api.ts";
import { PAGE_FILES } from "../page/page-files.ts";
import { EVENTS_PATH } from "../send-events/events-route.ts";

/** True for requests of the console and of agents that went well: the console asks each second, and would fill the terminal. */
export function isQuiet({ method, path, status }: Pick<RequestObservation, "method" | "path" | "status">): boolean {
  if (status >= 400 || (method === "POST" && path === EVENTS_PATH)) return false;
  return path in PAGE_FILES || path === "/mcp" || path.startsWith(CONTROL_PATH);
}
