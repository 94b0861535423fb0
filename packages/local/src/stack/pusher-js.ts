import { createRequire } from "node:module";
import type { default as PusherModule } from "pusher-js";

export type PusherJs = PusherModule.default;

/** The types of `pusher-js` speak of an ES module's default; to Node it is CommonJS, and exports the class itself. */
export const PusherJs: typeof PusherModule.default = createRequire(import.meta.url)("pusher-js");
