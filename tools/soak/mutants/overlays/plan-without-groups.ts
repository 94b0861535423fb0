import type { Message } from "../../../../packages/routing/src/message.ts";
import { type Call, plan as planSoundly } from "../../../../packages/routing/src/plan.ts";

export * from "../../../../packages/routing/src/plan.ts";

export const plan = <M extends Message>(messages: readonly M[]): readonly Call<M>[] =>
  planSoundly(messages.map((original) => ({ ...original, group: undefined, original }))).map((call) =>
    call.map(({ message, lane, ...entry }) => ({ ...entry, message: message.original, lane: lane.original })),
  );
