import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventRows } from "../../../packages/console/src/model/event-rows.ts";
import { gatewayEvent } from "../../support/gateway-event.ts";

const keysOf = (rows: ReturnType<typeof createEventRows>) => rows.newestFirst.map(({ key }) => key);

describe("the rows of the console", () => {
  it("have the newest event first, whatever order the changes come in", () => {
    const rows = createEventRows();
    rows.apply([gatewayEvent({ key: "b", acceptedAtMs: 2 }), gatewayEvent({ key: "c", acceptedAtMs: 3 })]);
    rows.apply([gatewayEvent({ key: "a", acceptedAtMs: 1 })]);
    expect(keysOf(rows)).toEqual(["c", "b", "a"]);
  });

  it("show each event once, in its newest state", () => {
    const rows = createEventRows();
    rows.apply([gatewayEvent({ status: "waiting" })]);
    rows.apply([gatewayEvent({ status: "published" })]);
    expect(rows.newestFirst.map(({ status }) => status)).toEqual(["published"]);
  });

  it("forget the oldest events above the limit, and no other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 60 }), (limit, count) => {
        const rows = createEventRows(limit);
        for (let at = 0; at < count; at += 1) rows.apply([gatewayEvent({ key: `${at}`, acceptedAtMs: at })]);
        expect(keysOf(rows)).toEqual(
          Array.from({ length: Math.min(limit, count) }, (_, index) => `${count - 1 - index}`),
        );
        expect(rows.find("0") === undefined).toBe(count > limit || count === 0);
      }),
    );
  });

  it("are empty after a reset of the stack", () => {
    const rows = createEventRows();
    rows.apply([gatewayEvent()]);
    rows.clear();
    expect([rows.newestFirst, rows.find("m1")]).toEqual([[], undefined]);
  });
});
