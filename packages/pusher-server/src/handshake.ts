import {
  type CloseReason,
  INVALID_VERSION,
  NO_PROTOCOL,
  PATH_NOT_FOUND,
  UNSUPPORTED_PROTOCOL,
  unknownKey,
} from "./close-reason.ts";
import { equalInConstantTime } from "./signature.ts";

/** Versions 1 to 3 are documented as no longer supported. */
const OLDEST_PROTOCOL = 4;
const NEWEST_PROTOCOL = 7;

export type Handshake =
  | { readonly accepted: true; readonly protocol: number }
  | { readonly accepted: false; readonly reason: CloseReason };

function refuse(reason: CloseReason): Handshake {
  return { accepted: false, reason };
}

/** Decides from the request target alone whether a client may connect: `/app/{key}?protocol=7&client=…&version=…`. */
export function judgeHandshake(target: string, appKey: string): Handshake {
  const url = URL.parse(target, "ws://pusher.local");
  const key = url?.pathname.match(/^\/app\/([^/]+)\/?$/)?.[1];
  if (url === null || key === undefined) return refuse(PATH_NOT_FOUND);
  if (!equalInConstantTime(key, appKey)) return refuse(unknownKey(key));
  const protocol = url.searchParams.get("protocol");
  if (protocol === null || protocol === "") return refuse(NO_PROTOCOL);
  if (!/^\d+$/.test(protocol)) return refuse(INVALID_VERSION);
  const version = Number(protocol);
  if (version < OLDEST_PROTOCOL || version > NEWEST_PROTOCOL) return refuse(UNSUPPORTED_PROTOCOL);
  return { accepted: true, protocol: version };
}
