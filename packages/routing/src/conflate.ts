import { orderKeys } from "./lanes.ts";
import type { Message } from "./message.ts";

/**
 * Which messages need not be published because a newer one takes their place: position → position of the newest. A latest-wins
 * message replaces an older one of the same name and channels, unless another event stands between them on one of these
 * channels or in their group (the order would lie) or the envelopes say that the later one happened earlier.
 */
export function conflate(messages: readonly Message[]): ReadonlyMap<number, number> {
  const replacedBy = new Map<number, number>();
  const lastOn = new Map<string, number>();
  /** Of a message without a time: that of the one it replaces, so that a third is not let in that is older than the first. */
  const timesMs: (number | undefined)[] = messages.map(({ timeMs }) => timeMs);
  for (const [position, message] of messages.entries()) {
    const keys = orderKeys(message);
    const previous = message.latestWins ? lastOfAll(lastOn, keys) : undefined;
    const older = previous === undefined ? undefined : messages[previous];
    if (previous !== undefined && older !== undefined && isNewer(message, older, timesMs[previous])) {
      replacedBy.set(previous, position);
      timesMs[position] ??= timesMs[previous];
    }
    for (const key of keys) lastOn.set(key, position);
  }
  for (const position of [...replacedBy.keys()].reverse()) {
    const next = replacedBy.get(position) ?? position;
    replacedBy.set(position, replacedBy.get(next) ?? next);
  }
  return replacedBy;
}

/** The message that was the last one under every one of these keys, if it is the same. */
function lastOfAll(lastOn: ReadonlyMap<string, number>, keys: readonly string[]): number | undefined {
  const [first = "", ...others] = keys;
  const last = lastOn.get(first);
  return others.every((key) => lastOn.get(key) === last) ? last : undefined;
}

function isNewer(message: Message, older: Message, olderMs: number | undefined): boolean {
  const sameEntity = older.name === message.name && older.channels.length === message.channels.length;
  const backwards = message.timeMs !== undefined && olderMs !== undefined && message.timeMs < olderMs;
  return sameEntity && !backwards;
}
