import Pusher from "pusher";
import type { PusherApp } from "./app.ts";

/** The `pusher` package's client of an app, which here signs and derives keys, and sends nothing (docs/decisions/001). */
export const createLibraryClient = ({ appId, key, secret, host, encryptionMasterKey }: PusherApp): Pusher =>
  new Pusher({
    appId,
    key,
    secret,
    host,
    ...(encryptionMasterKey && { encryptionMasterKeyBase64: encryptionMasterKey.toString("base64") }),
  });
