import type { ValuesOf } from "./group.ts";
import { matching } from "./setting.ts";

export const pusherKey = matching(/^[\w-]+$/, "must consist of A-Z, a-z, 0-9, _ and -");
export const pusherSecret = matching(/^\S+$/, "must not hold white space");

/** The key and the secret of the Pusher app. Every function signs or verifies with them. */
export const appVariables = { PUSHER_KEY: pusherKey, PUSHER_SECRET: pusherSecret };

export const credentialsOf = (env: ValuesOf<typeof appVariables>) => ({
  key: env.PUSHER_KEY,
  secret: env.PUSHER_SECRET,
});
