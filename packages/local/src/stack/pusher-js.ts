import { createRequire } from "node:module";
import type { default as PusherModule } from "pusher-js";

export type PusherJs = PusherModule.default;

/** The types of `pusher-js` describe an ES module with a default export. Node loads CommonJS, which exports the class itself. */
export const PusherJs: typeof PusherModule.default = createRequire(import.meta.url)("pusher-js");
