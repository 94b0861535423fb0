import { conflate, type Message } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

const progressOf = (entity: string, ...channels: string[]): Message => ({
  name: "audit.progress",
  channels,
  json: "{}",
  entity,
});
const progress = (...channels: string[]): Message => progressOf("42", ...channels);
const step = (...channels: string[]): Message => ({
  name: "audit.step_started",
  channels,
  json: "{}",
});
const at = (message: Message, timeMs: number): Message => ({ ...message, timeMs });

const inGroup = (message: Message, group: string): Message => ({ ...message, group });

/** Positions of replaced messages, each with the position of its replacement. */
const replaced = (...messages: Message[]): number[][] =>
  [...conflate(messages)]
    .map((pair) => pair.map((message) => messages.indexOf(message)))
    .sort(([a = 0], [b = 0]) => a - b);

describe("a latest-wins event", () => {
  it("replaces all older ones of its entity", () => {
    expect(replaced(progress("a", "f"), progress("a", "f"), progress("f", "a"))).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("replaces an older one across events of other groups", () => {
    expect(replaced(inGroup(progress("a"), "g"), inGroup(step("b"), "h"), inGroup(progress("a"), "g"))).toEqual([
      [0, 2],
    ]);
  });

  it("replaces an older one across events on other channels", () => {
    expect(replaced(progress("a"), step("b"), progressOf("7", "b"), progress("a"))).toEqual([[0, 3]]);
  });

  it.each([
    ["another event on one of its channels is between", [progress("a", "f"), step("f"), progress("a", "f")]],
    [
      "another event of its group is between, on any channel",
      [inGroup(progress("a"), "g"), inGroup(step("b"), "g"), inGroup(progress("a"), "g")],
    ],
    [
      "the older one is in another group, which it must not block",
      [inGroup(progress("a"), "g"), inGroup(progress("a"), "h")],
    ],
    ["the older one had fewer channels", [progress("f"), progress("a", "f")]],
    ["the older one had more channels", [progress("a", "f"), progress("f")]],
    ["the older ones are two, on one channel each", [progress("a"), progress("f"), progress("a", "f")]],
    ["the older one is about another entity on the same channel", [progressOf("7", "a"), progress("a")]],
    ["it happened before the one it would replace", [at(progress("a"), 2000), at(progress("a"), 1000)]],
  ])("replaces nothing if %s", (_where, messages) => {
    expect(replaced(...messages)).toEqual([]);
  });

  it.each([
    ["at the same time", [at(progress("a"), 1000), at(progress("a"), 1000)]],
    ["at a time that one of them does not have", [at(progress("a"), 1000), progress("a")]],
  ])("replaces one that happened %s", (_when, messages) => {
    expect(replaced(...messages)).toEqual([[0, 1]]);
  });
});

it("a latest-wins event without a time takes over the time of the event it replaced", () => {
  expect(replaced(at(progress("a"), 2000), progress("a"), at(progress("a"), 1000))).toEqual([[0, 1]]);
});

it("an event that is not latest-wins is never replaced", () => {
  expect(replaced(step("a"), step("a"))).toEqual([]);
});

it("conflation keeps the last event of each channel, and every event that is not latest-wins", () => {
  const message = fc.record({
    kind: fc.constantFrom(progress, step),
    channels: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 }),
  });
  law(
    fc.property(fc.array(message, { maxLength: 40 }), (drawn) => {
      const messages = drawn.map(({ kind, channels }) => kind(...channels));
      const replacedBy = conflate(messages);
      for (const channel of ["a", "b", "c"]) {
        const heard = messages.filter(({ channels }) => channels.includes(channel));
        const left = heard.filter((message) => !replacedBy.has(message));
        expect(left.at(-1)).toBe(heard.at(-1));
        // Runs of one name shrink. Events of different names keep their order, and only latest-wins events are missing.
        expect(runs(left)).toEqual(runs(heard));
      }
      for (const [older, newer] of replacedBy) expect(messages.indexOf(newer)).toBeGreaterThan(messages.indexOf(older));
      for (const newer of replacedBy.values()) expect(replacedBy.has(newer)).toBe(false);
    }),
  );
});

it("for any mix of events, the newest of each entity is published, and the order per channel holds", () => {
  const message = fc.record({
    entity: fc.option(fc.constantFrom("1", "2", "3"), { nil: undefined }),
    channels: fc.uniqueArray(fc.constantFrom("global", "a", "b"), { minLength: 1, maxLength: 2 }),
  });
  law(
    fc.property(fc.array(message, { maxLength: 40 }), (drawn) => {
      const messages = drawn.map(({ entity, channels }) => ({ name: "batch.progress", json: "{}", entity, channels }));
      const replacedBy = conflate(messages);
      const left = messages.filter((each) => !replacedBy.has(each));
      for (const entity of ["1", "2", "3"]) {
        const newest = messages.findLast((each) => each.entity === entity);
        expect(left.findLast((each) => each.entity === entity)).toBe(newest);
      }
      for (const [older, newer] of replacedBy) expect(newer.entity).toBe(older.entity);
      for (const each of messages) if (each.entity === undefined) expect(left).toContain(each);
    }),
  );
});

const runs = (heard: readonly { readonly name: string }[]): string[] =>
  heard.map(({ name }) => name).filter((name, index, all) => name === "audit.step_started" || name !== all[index - 1]);
