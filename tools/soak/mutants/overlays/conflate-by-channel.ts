import { type Message, orderKeys } from "../../../../packages/routing/src/message.ts";

export * from "../../../../packages/routing/src/conflate.ts";

/** Identity by the place where an event goes. */
export function conflate<M extends Message>(messages: readonly M[]): ReadonlyMap<M, M> {
  const replacedBy = new Map<M, M>();
  const newest = new Map<string, M>();
  for (const message of messages.toReversed()) {
    const key = [message.name, ...orderKeys(message)].join(" ");
    const newer = newest.get(key);
    if (newer !== undefined && message.name.endsWith(".progress")) replacedBy.set(message, newer);
    else newest.set(key, message);
  }
  return replacedBy;
}
