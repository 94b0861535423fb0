import { conflate as conflateSoundly } from "../../../../packages/routing/src/conflate.ts";
import type { Message } from "../../../../packages/routing/src/message.ts";

export * from "../../../../packages/routing/src/conflate.ts";

export function conflate<M extends Message>(messages: readonly M[]): ReadonlyMap<M, M> {
  const timeless = messages.map((original) => ({ ...original, timeMs: undefined, original }));
  return new Map([...conflateSoundly(timeless)].map(([older, newer]) => [older.original, newer.original]));
}
