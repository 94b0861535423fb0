import type { PusherApp } from "@realtime-gateway/pusher";

/** The key and the secret of the signature examples in Pusher's documentation. */
export const DOCUMENTED_KEY = "278d425bdf160c739803";
export const DOCUMENTED_SECRET = "7ad3773142a6692b25b8";

export const documentedApp: PusherApp = {
  appId: "app-1",
  key: DOCUMENTED_KEY,
  secret: DOCUMENTED_SECRET,
  host: "127.0.0.1",
  port: 1,
  tls: false,
};

/** 32 bytes. An operator sets it as `masterKey.toString("base64")`. */
export const masterKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
