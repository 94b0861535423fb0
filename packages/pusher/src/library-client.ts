import Pusher from "pusher";
import type { PusherApp } from "./app.ts";

/** The parts of an app that sign subscriptions and derive keys. */
export type SigningApp = Pick<PusherApp, "key" | "secret" | "encryptionMasterKey">;

/**
 * The `pusher` package's client of an app. It only signs and derives keys, and sends nothing (docs/decisions/001).
 * The package requires an id and a host in its types, and reads them only to send.
 */
export const createLibraryClient = ({ key, secret, encryptionMasterKey }: SigningApp): Pusher =>
  new Pusher({
    appId: "",
    host: "",
    key,
    secret,
    ...(encryptionMasterKey && { encryptionMasterKeyBase64: encryptionMasterKey.toString("base64") }),
  });
