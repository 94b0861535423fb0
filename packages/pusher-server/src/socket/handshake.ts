import {
  type CloseReason,
  INVALID_VERSION,
  NO_PROTOCOL,
  PATH_NOT_FOUND,
  UNSUPPORTED_PROTOCOL,
  unknownKey,
} from "./close-reason.ts";

/** Pusher documents versions 1 to 3 as no longer supported. */
const OLDEST_PROTOCOL = 4;
const NEWEST_PROTOCOL = 7;

export type Handshake<App> =
  | { readonly accepted: true; readonly protocol: number; readonly app: App }
  | { readonly accepted: false; readonly reason: CloseReason; readonly protocol: number | undefined };

/** Accepts or rejects a client by its request target, `/app/{key}?protocol=7&client=…&version=…`. `apps` has the keys. */
export function checkHandshake<App>(target: string, apps: ReadonlyMap<string, App>): Handshake<App> {
  const [path = "", query = ""] = target.split(/\?(.*)/s);
  const key = path.match(/^\/app\/([^/]+)\/?$/)?.[1];
  const protocol = new URLSearchParams(query).get("protocol") ?? "";
  const version = /^\d+$/.test(protocol) ? Number(protocol) : undefined;
  const reject = (reason: CloseReason): Handshake<App> => ({ accepted: false, reason, protocol: version });
  if (key === undefined) return reject(PATH_NOT_FOUND);
  const app = apps.get(key);
  if (app === undefined) return reject(unknownKey(key));
  if (protocol === "") return reject(NO_PROTOCOL);
  if (version === undefined) return reject(INVALID_VERSION);
  if (version < OLDEST_PROTOCOL || version > NEWEST_PROTOCOL) return reject(UNSUPPORTED_PROTOCOL);
  return { accepted: true, protocol: version, app };
}
