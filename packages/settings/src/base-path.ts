import { createGroup } from "./group.ts";
import { parsed, withDefault } from "./setting.ts";

/** The addresses of the routes. */
export interface BasePathSettings {
  /** The path in front of the routes, without a slash at its end. Empty: the routes begin at the root. */
  readonly basePath: string;
}

/** The path in front of every route, unless `REALTIME_BASE_PATH` names another one. */
export const BASE_PATH = "/api/realtime/pusher";

/** Characters that no front and no client escapes. Segments of dots only would change the path. */
const PATH = /^(?:\/(?!\.+(?:\/|$))[\w.~-]+)*\/?$/;

const basePath = parsed(
  (text) => (text.startsWith("/") && PATH.test(text) ? text.replace(/\/$/, "") : undefined),
  "must be a path such as /realtime: a slash before each segment, and A-Z, a-z, 0-9, ., _, ~ and - in it",
);

export const basePathVariables = { REALTIME_BASE_PATH: withDefault(basePath, BASE_PATH) };

export const basePathSettings = createGroup(
  basePathVariables,
  (env): BasePathSettings => ({ basePath: env.REALTIME_BASE_PATH }),
);
