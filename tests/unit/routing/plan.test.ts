import { MAX_BATCH_EVENTS, type Message, plan } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

const messages: fc.Arbitrary<Message[]> = fc.array(
  fc.record({
    name: fc.constantFrom("audit.progress", "notification"),
    channels: fc.uniqueArray(fc.constantFrom("private-global", "private-audit-1", "private-fiche-1"), { minLength: 1 }),
    json: fc.integer().map((n) => `{"n":${n}}`),
  }),
  { maxLength: 60 },
);

describe("the plan", () => {
  it("loses nothing, adds nothing and keeps the order of messages and of their channels", () => {
    law(
      fc.property(messages, (all) => {
        expect(plan(all).flat()).toEqual(
          all.flatMap(({ name, channels, json }, message) =>
            channels.map((channel) => ({ name, channel, data: json, message })),
          ),
        );
      }),
    );
  });

  it("has batches of one to ten entries, all full but the last", () => {
    law(
      fc.property(messages, (all) => {
        const sizes = plan(all).map((batch) => batch.length);
        for (const size of sizes.slice(0, -1)) expect(size).toBe(MAX_BATCH_EVENTS);
        for (const size of sizes) expect(size).toBeGreaterThan(0);
        for (const size of sizes) expect(size).toBeLessThanOrEqual(10);
      }),
    );
  });

  it("of no messages is no batches", () => expect(plan([])).toEqual([]));
});
