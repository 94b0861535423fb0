import type { ValuesOf } from "./group.ts";
import { matching } from "./setting.ts";

/** The key and the secret of the Pusher app. Every function signs or verifies with them. */
export const appVariables = {
  PUSHER_KEY: matching(/^[\w-]+$/, "must consist of A-Z, a-z, 0-9, _ and -"),
  PUSHER_SECRET: matching(/^\S+$/, "must not hold white space"),
};

export const credentialsOf = (env: ValuesOf<typeof appVariables>) => ({
  key: env.PUSHER_KEY,
  secret: env.PUSHER_SECRET,
});
