import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventLog, type PassedEvent } from "../../../packages/pusher-server/src/events/event-log.ts";
import { contains, differences } from "../../../packages/pusher-server/src/events/event-match.ts";
import { law } from "../../support/law.ts";

const EVENT: PassedEvent = { app: "1", channel: "news", event: "update", text: '{"id":1,"tags":["a"]}', source: "api" };

function seenOf(event: PassedEvent) {
  const log = createEventLog(() => 0);
  log.add(event);
  return log.entries.slice(0, 1);
}

describe("the data of a match", () => {
  it("is part of every value that equals it", () => {
    law(fc.property(fc.jsonValue(), (value) => contains(value, structuredClone(value))));
  });

  it("may leave out members of an object", () => {
    law(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (value, left) => {
        const { [left]: _, ...part } = value;
        return contains(value, part);
      }),
    );
  });

  it.each([
    [{ id: 1 }, { id: "1" }],
    [{ id: 1 }, { id: 1, more: undefined }],
    [{}, { toString: {} }],
    [["a", "b"], ["a"]],
    [
      ["a", "b"],
      ["b", "a"],
    ],
    [[], {}],
    [{}, []],
    [null, {}],
    [1, null],
  ])("%j is not matched by %j", (value, part) => {
    expect(contains(value, part)).toBe(false);
  });
});

it.each([
  [{}, []],
  [{ app: "1", channel: "news", event: "update", data: { tags: ["a"] }, since: 0 }, []],
  [{ app: "2" }, ["app"]],
  [{ channel: "New" }, ["channel"]],
  [{ event: "updated" }, ["event"]],
  [{ since: 1 }, ["since"]],
  [{ data: { id: 2 } }, ["data"]],
  [{ app: "2", event: "x" }, ["app", "event"]],
])("the match %j differs from an event in %j", (match, parts) => {
  expect(seenOf(EVENT).map((seen) => differences(seen, match))).toEqual([parts]);
});

describe("the log of events", () => {
  it("keeps the last 10,000 events, with their numbers", () => {
    const log = createEventLog(() => 0);
    for (let count = 0; count < 10_001; count += 1) log.add(EVENT);
    expect(log.entries.length).toBe(10_000);
    expect([log.entries[0]?.number, log.last]).toEqual([2, 10_001]);
  });

  it("does not use a number again after it is cleared", () => {
    const log = createEventLog(() => 0);
    log.add(EVENT);
    log.clear();
    log.add(EVENT);
    expect(log.entries.map(({ number }) => number)).toEqual([2]);
  });
});
