import type { Message } from "./message.ts";

/**
 * The lane of each message: messages that share a channel or a group, directly or through others, share a lane, and so stay
 * in order. Lanes are numbered by no rule but equality.
 */
export function lanesOf(messages: readonly Pick<Message, "channels" | "group">[]): readonly number[] {
  const parents = messages.map((_, position) => position);
  const lastOf = new Map<string, number>();
  for (const [position, message] of messages.entries()) {
    for (const key of orderKeys(message)) {
      const last = lastOf.get(key);
      if (last !== undefined) parents[find(parents, last)] = find(parents, position);
      lastOf.set(key, position);
    }
  }
  return messages.map((_, position) => find(parents, position));
}

/** What a message keeps its order in. No channel holds a slash, so that no group is taken for one. */
export const orderKeys = ({ channels, group }: Pick<Message, "channels" | "group">): readonly string[] =>
  group === undefined ? channels : [...channels, `group/${group}`];

/** The root of a position's tree, whose path is halved on the way: later searches are short. */
function find(parents: number[], position: number): number {
  let at = position;
  for (;;) {
    const parent = parents[at] ?? at;
    if (parent === at) return at;
    const grandparent = parents[parent] ?? parent;
    parents[at] = grandparent;
    at = grandparent;
  }
}
