import { expect, test } from "vitest";
import {
  isValidChannelName,
  traitsOf,
  userOfChannel,
} from "../../../packages/pusher-server/src/channels/channel-name.ts";

test.each([
  ["news", []],
  ["private-news", ["authorized"]],
  ["presence-news", ["authorized", "presence"]],
  ["private-encrypted-news", ["authorized", "encrypted"]],
  ["cache-news", ["cache"]],
  ["private-cache-news", ["authorized", "cache"]],
  ["presence-cache-news", ["authorized", "presence", "cache"]],
  ["private-encrypted-cache-news", ["authorized", "encrypted", "cache"]],
  ["my-private-news", []],
  ["news-cache-", []],
])("the channel %s has the traits %j", (name, traits) => {
  const present = Object.entries(traitsOf(name)).filter(([, has]) => has);
  expect(present.map(([trait]) => trait)).toEqual(traits);
});

test.each([
  ["a".repeat(164), true],
  ["a".repeat(165), false],
  ["", false],
  ["Az09_-=@,.;", true],
  ["é", false],
  ["a\n", false],
])("the name %j is valid: %s", (name, valid) => {
  expect(isValidChannelName(name)).toBe(valid);
});

test.each([
  ["#server-to-user-ann", "ann"],
  ["#server-to-user-", undefined],
  ["server-to-user-ann", undefined],
])("the channel %s belongs to the user %s", (name, user) => {
  expect(userOfChannel(name)).toBe(user);
});
