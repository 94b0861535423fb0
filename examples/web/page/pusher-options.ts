import type { Options } from "pusher-js";

const { VITE_PUSHER_KEY, VITE_PUSHER_HOST, VITE_PUSHER_PORT } = import.meta.env;

export const PUSHER_KEY = VITE_PUSHER_KEY;

/** The local Pusher server. A page of a Pusher app has `cluster: "eu"` or another one, and no other option. */
export const PUSHER_SERVER = {
  cluster: "local",
  wsHost: VITE_PUSHER_HOST,
  wsPort: Number(VITE_PUSHER_PORT),
  forceTLS: false,
  enabledTransports: ["ws"],
} satisfies Options;
