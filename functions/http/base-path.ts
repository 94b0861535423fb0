/** All HTTP routes are below this path. */
export const BASE_PATH = "/api/realtime/pusher";
