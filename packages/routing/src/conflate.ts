import { type Message, orderKeys } from "./message.ts";

/**
 * Finds the messages that a newer one replaces. Returns each replaced message with the newest one that replaces it.
 *
 * A message replaces an older one of the same entity and channels, with two exceptions. Another event between
 * them, on one of these channels or in their group, keeps both: the order would change. So does an envelope time that is
 * earlier than the older message's time. Every message object must appear once in the list.
 */
export function conflate<M extends Message>(messages: readonly M[]): ReadonlyMap<M, M> {
  const replacedBy = new Map<M, M>();
  const lastOn = new Map<string, M>();
  /** A message without a time takes over the time of the message it replaces. A third one must not be older than the first. */
  const inheritedMs = new Map<M, number>();
  const timeOf = (message: M): number | undefined => message.timeMs ?? inheritedMs.get(message);
  for (const message of messages) {
    const keys = orderKeys(message);
    const older = message.entity === undefined ? undefined : lastOnAll(lastOn, keys);
    const olderMs = older && timeOf(older);
    if (older !== undefined && isNewer(message, older, olderMs)) {
      replacedBy.set(older, message);
      if (message.timeMs === undefined && olderMs !== undefined) inheritedMs.set(message, olderMs);
    }
    for (const key of keys) lastOn.set(key, message);
  }
  // The map lists the oldest first. From its end, each replacement already leads to the newest message.
  for (const [older, newer] of [...replacedBy].reverse()) replacedBy.set(older, replacedBy.get(newer) ?? newer);
  return replacedBy;
}

/** The last message under all of these keys, if it is the same one. */
function lastOnAll<M>(lastOn: ReadonlyMap<string, M>, keys: readonly string[]): M | undefined {
  const [first = "", ...others] = keys;
  const last = lastOn.get(first);
  return others.every((key) => lastOn.get(key) === last) ? last : undefined;
}

function isNewer(message: Message, older: Message, olderMs: number | undefined): boolean {
  const replaceable = older.entity === message.entity && older.channels.length === message.channels.length;
  const backwards = message.timeMs !== undefined && olderMs !== undefined && message.timeMs < olderMs;
  return replaceable && !backwards;
}
