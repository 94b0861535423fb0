import { z } from "zod";

// biome-ignore lint/style/noProcessEnv: a peer reads its environment as a function outside this repository would.
const env = process.env;

/** The Pusher app, checked as most would check it. */
export const settings = z
  .object({
    PUSHER_APP_ID: z.string().min(1),
    PUSHER_KEY: z.string().min(1),
    PUSHER_SECRET: z.string().min(1),
    PUSHER_HOST: z.string().min(1),
    PUSHER_PORT: z.string().regex(/^\d+$/),
    PUSHER_SCHEME: z.enum(["http", "https"]),
  })
  .parse(env);
