import { equalInConstantTime } from "../signature.ts";
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

export type Handshake =
  | { readonly accepted: true; readonly protocol: number }
  | { readonly accepted: false; readonly reason: CloseReason; readonly protocol: number | undefined };

/** Accepts or rejects a client by its request target: `/app/{key}?protocol=7&client=…&version=…`. */
export function checkHandshake(target: string, appKey: string): Handshake {
  const url = URL.parse(target, "ws://pusher.local");
  const key = url?.pathname.match(/^\/app\/([^/]+)\/?$/)?.[1];
  const protocol = url?.searchParams.get("protocol") ?? "";
  const version = /^\d+$/.test(protocol) ? Number(protocol) : undefined;
  const reject = (reason: CloseReason): Handshake => ({ accepted: false, reason, protocol: version });
  if (key === undefined) return reject(PATH_NOT_FOUND);
  if (!equalInConstantTime(key, appKey)) return reject(unknownKey(key));
  if (protocol === "") return reject(NO_PROTOCOL);
  if (version === undefined) return reject(INVALID_VERSION);
  if (version < OLDEST_PROTOCOL || version > NEWEST_PROTOCOL) return reject(UNSUPPORTED_PROTOCOL);
  return { accepted: true, protocol: version };
}
