import type { Call, Message } from "@realtime-gateway/routing";
import type { AttemptDeps } from "../../../../functions/relay/attempts.ts";
import { publish as publishSoundly } from "../../../../functions/relay/publish.ts";

export * from "../../../../functions/relay/publish.ts";

/** Goes on after the rejection of a message that replaced others. */
export const publish = <M extends Message>(calls: readonly Call<M>[], deps: AttemptDeps) => publishSoundly(calls, deps);
