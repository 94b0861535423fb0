export type Scheme = "http" | "https";

/** The functions' environment: an app of a Pusher-like server on this machine. */
export const pusherSettings = (port: number, scheme: Scheme = "http") => ({
  PUSHER_APP_ID: "1000",
  PUSHER_KEY: "bench-key",
  PUSHER_SECRET: "bench-secret",
  PUSHER_HOST: "127.0.0.1",
  PUSHER_PORT: String(port),
  PUSHER_SCHEME: scheme,
});

/** For functions that never call it. */
export const UNUSED_PORT = 9;
