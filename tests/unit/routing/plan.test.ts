import { MAX_BATCH_EVENTS, type Message, type PlannedEntry, plan } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

const channelNames = Array.from({ length: 12 }, (_, index) => `private-audit-${index}`);
const messages: fc.Arbitrary<Message[]> = fc.array(
  fc.record(
    {
      name: fc.constantFrom("audit.progress", "notification"),
      channels: fc.uniqueArray(fc.constantFrom(...channelNames), { minLength: 1, maxLength: 2 }),
      json: fc.integer().map((n) => `{"n":${n}}`),
      group: fc.constantFrom("g1", "g2", "g3"),
    },
    { requiredKeys: ["name", "channels", "json"] },
  ),
  { maxLength: 80 },
);

/** The entries of a plan, in the order of its calls. */
const inOrder = (all: readonly Message[]): readonly PlannedEntry<Message>[] => plan(all).flat();

/** The entries keep the order of their messages, and are in one lane at most. */
function expectOrder(all: readonly Message[], entries: readonly PlannedEntry<Message>[]): void {
  const positions = entries.map(({ message }) => all.indexOf(message));
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  expect(new Set(entries.map(({ lane }) => lane)).size).toBeLessThanOrEqual(1);
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

describe("the plan", () => {
  it("loses nothing and adds nothing", () => {
    law(
      fc.property(messages, (all) => {
        const planned = inOrder(all).map(
          ({ message, channel, name, data }) => `${all.indexOf(message)} ${channel} ${name} ${data}`,
        );
        const given = all.flatMap(({ channels, name, json }, position) =>
          channels.map((channel) => `${position} ${channel} ${name} ${json}`),
        );
        expect(planned.toSorted(byText)).toEqual(given.toSorted(byText));
      }),
    );
  });

  it("keeps the order of messages on every channel, in one lane", () => {
    law(
      fc.property(messages, fc.constantFrom(...channelNames), (all, channel) => {
        expectOrder(
          all,
          inOrder(all).filter((entry) => entry.channel === channel),
        );
      }),
    );
  });

  it("keeps the order of messages of every group, in one lane", () => {
    law(
      fc.property(messages, fc.constantFrom("g1", "g2", "g3"), (all, group) => {
        expectOrder(
          all,
          inOrder(all).filter(({ message }) => message.group === group),
        );
      }),
    );
  });

  it("makes as few calls as possible, with one to ten entries each", () => {
    law(
      fc.property(messages, (all) => {
        const sizes = plan(all).map((call) => call.length);
        const entries = all.reduce((sum, { channels }) => sum + channels.length, 0);
        expect(sizes).toHaveLength(Math.ceil(entries / MAX_BATCH_EVENTS));
        for (const size of sizes) expect(size).toBeGreaterThan(0);
        for (const size of sizes) expect(size).toBeLessThanOrEqual(10);
      }),
    );
  });

  it("has no calls for no messages", () => expect(plan([])).toEqual([]));

  const message = (...channels: string[]): Message => ({
    name: "audit.progress",
    channels,
    json: "{}",
  });
  const lanes = (all: readonly Message[]): number =>
    new Set(plan(all).flatMap((call) => call.map(({ lane }) => lane))).size;

  it("has a lane for each message if they share nothing", () => {
    expect(lanes([message("a"), message("b"), message("c")])).toBe(3);
  });

  it("has one lane for messages that are linked only through others", () => {
    expect(lanes([message("a"), message("c"), message("b", "c"), message("a", "b")])).toBe(1);
  });

  it("does not confuse a group with a channel of the same name", () => {
    expect(lanes([{ ...message("a"), group: "b" }, message("b")])).toBe(2);
  });

  it("splits no lane if that saves no call", () => {
    const eight = Array.from({ length: 8 }, () => message("a"));
    const seven = Array.from({ length: 7 }, () => message("b"));
    expect(plan([...eight, ...seven]).map((call) => new Set(call.map(({ lane }) => lane)).size)).toEqual([1, 1]);
  });

  it("puts the first messages into the first calls", () => {
    const ids = Array.from({ length: 25 }, (_, index) => `c${index}`);
    expect(
      plan(ids.map((id) => message(id)))
        .flat()
        .map(({ channel }) => channel),
    ).toEqual(ids);
  });
});
