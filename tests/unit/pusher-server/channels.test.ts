import fc from "fast-check";
import { expect, test } from "vitest";
import { createChannels } from "../../../packages/pusher-server/src/channels/channels.ts";

const step = fc.record({
  joins: fc.boolean(),
  channel: fc.constantFrom("presence-a", "presence-b"),
  subscriber: fc.integer({ min: 0, max: 5 }),
});

/** Each user has two connections, so that a connection is not always the last one of its user. */
const userOf = (subscriber: number) => ({ userId: `user-${subscriber % 3}` });

test("the members of a channel are the users of its subscribers after any sequence of joins and leaves", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const channels = createChannels<number>();
      const expected = new Map<string, Set<number>>();
      for (const { joins, channel, subscriber } of steps) {
        const there = expected.get(channel) ?? new Set();
        expected.set(channel, there);
        if (joins === there.has(subscriber)) continue;
        if (joins) channels.join(channel, subscriber, userOf(subscriber));
        else channels.leave(channel, subscriber);
        if (joins) there.add(subscriber);
        else there.delete(subscriber);
      }
      for (const [channel, there] of expected) {
        const users = new Set([...there].map((subscriber) => userOf(subscriber).userId));
        expect(new Set(channels.members(channel).map(({ userId }) => userId))).toEqual(users);
        expect(channels.subscriptionCount(channel)).toBe(there.size);
      }
    }),
  );
});

test("only the first subscriber occupies a channel", () => {
  const channels = createChannels<number>();
  const changes = [channels.join("news", 1, undefined), channels.join("news", 2, undefined)];
  expect(changes.map(({ occupancy }) => occupancy)).toEqual([true, false]);
});

test("only the last subscriber vacates a channel", () => {
  const channels = createChannels<number>();
  channels.join("news", 1, undefined);
  channels.join("news", 2, undefined);
  const changes = [channels.leave("news", 1), channels.leave("news", 2)];
  expect(changes.map(({ occupancy }) => occupancy)).toEqual([false, true]);
});

test("leaving a channel without a subscription changes nothing", () => {
  expect(createChannels<number>().leave("news", 1)).toEqual({ occupancy: false, member: undefined });
});

test("a vacated channel is no longer listed", () => {
  const channels = createChannels<number>();
  channels.join("news", 1, undefined);
  channels.leave("news", 1);
  expect(channels.names()).toEqual([]);
});
