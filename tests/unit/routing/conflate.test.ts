import { conflate, type Message } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

const progress = (...channels: string[]): Message => ({
  name: "audit.progress",
  channels,
  json: "{}",
  latestWins: true,
});
const step = (...channels: string[]): Message => ({
  name: "audit.step_started",
  channels,
  json: "{}",
  latestWins: false,
});
const at = (message: Message, timeMs: number): Message => ({ ...message, timeMs });

const inGroup = (message: Message, group: string): Message => ({ ...message, group });

const replaced = (...messages: Message[]): [number, number][] => [...conflate(messages)].sort(([a], [b]) => a - b);

describe("a latest-wins event", () => {
  it("takes the place of older ones of its name and channels, down to the newest", () => {
    expect(replaced(progress("a", "f"), progress("a", "f"), progress("f", "a"))).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("reaches past what happens in other groups", () => {
    expect(replaced(inGroup(progress("a"), "g"), inGroup(step("b"), "h"), inGroup(progress("a"), "g"))).toEqual([
      [0, 2],
    ]);
  });

  it("reaches past what happens on other channels", () => {
    expect(replaced(progress("a"), step("b"), progress("b"), progress("a"))).toEqual([[0, 3]]);
  });

  it.each([
    ["another event of a channel of its own stands between", [progress("a", "f"), step("f"), progress("a", "f")]],
    [
      "another event of its group stands between, on whatever channel",
      [inGroup(progress("a"), "g"), inGroup(step("b"), "g"), inGroup(progress("a"), "g")],
    ],
    [
      "the older one is of another group, which it must not hold back",
      [inGroup(progress("a"), "g"), inGroup(progress("a"), "h")],
    ],
    ["the older one had fewer channels", [progress("f"), progress("a", "f")]],
    ["the older one had more channels", [progress("a", "f"), progress("f")]],
    ["the older ones are two, on one channel each", [progress("a"), progress("f"), progress("a", "f")]],
    ["the older one has another name", [{ ...progress("a"), name: "transcription.progress" }, progress("a")]],
    ["it happened before the one it would replace", [at(progress("a"), 2000), at(progress("a"), 1000)]],
  ])("replaces nothing where %s", (_where, messages) => {
    expect(replaced(...messages)).toEqual([]);
  });

  it.each([
    ["at the same time", [at(progress("a"), 1000), at(progress("a"), 1000)]],
    ["at a time that one of them does not say", [at(progress("a"), 1000), progress("a")]],
  ])("replaces one that happened %s", (_when, messages) => {
    expect(replaced(...messages)).toEqual([[0, 1]]);
  });
});

it("a latest-wins event without a time lets none in that is older than what it has replaced", () => {
  expect(replaced(at(progress("a"), 2000), progress("a"), at(progress("a"), 1000))).toEqual([[0, 1]]);
});

it("an event that is not latest-wins is never replaced", () => {
  expect(replaced(step("a"), step("a"))).toEqual([]);
});

it("what viewers of a channel hear last, and every event that is not latest-wins, stays", () => {
  const message = fc.record({
    kind: fc.constantFrom(progress, step),
    channels: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 }),
  });
  law(
    fc.property(fc.array(message, { maxLength: 40 }), (drawn) => {
      const messages = drawn.map(({ kind, channels }) => kind(...channels));
      const replacedBy = conflate(messages);
      for (const channel of ["a", "b", "c"]) {
        const heard = messages.flatMap(({ channels, name }, at) => (channels.includes(channel) ? [{ at, name }] : []));
        const left = heard.filter(({ at: position }) => !replacedBy.has(position));
        expect(left.at(-1)).toEqual(heard.at(-1));
        // Runs of one name shrink; no two events of different names change places, and none but latest-wins is missing.
        expect(runs(left)).toEqual(runs(heard));
      }
      for (const [older, newer] of replacedBy) expect(newer).toBeGreaterThan(older);
      for (const newer of replacedBy.values()) expect(replacedBy.has(newer)).toBe(false);
    }),
  );
});

const runs = (heard: readonly { readonly name: string }[]): string[] =>
  heard.map(({ name }) => name).filter((name, index, all) => name === "audit.step_started" || name !== all[index - 1]);
