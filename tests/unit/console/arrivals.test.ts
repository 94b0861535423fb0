import { describe, expect, it } from "vitest";
import { createArrivals } from "../../../packages/console/src/model/arrivals.ts";
import { gatewayEvent } from "../../support/gateway-event.ts";

const arrival = (changes = {}) => ({
  event: "audit.progress",
  channel: "private-audit-42",
  receivedAt: 5_010,
  ...changes,
});

describe("an arrival in the browser", () => {
  it("belongs to the event of its name and channel", () => {
    const arrivals = createArrivals(10);
    arrivals.received(arrival());
    arrivals.match([
      gatewayEvent({ key: "other", event: "audit.started", publishedAtMs: 5_000 }),
      gatewayEvent({ key: "mine", publishedAtMs: 5_000 }),
    ]);
    expect([arrivals.of("other"), arrivals.of("mine")]).toEqual([undefined, 5_010]);
  });

  it("belongs to one event only, the first one of several", () => {
    const arrivals = createArrivals(10);
    arrivals.received(arrival());
    arrivals.match(["a", "b"].map((key) => gatewayEvent({ key, publishedAtMs: 5_000 })));
    expect([arrivals.of("a"), arrivals.of("b")]).toEqual([5_010, undefined]);
  });

  it("belongs to the event with its id, if the payload has one", () => {
    const arrivals = createArrivals(10);
    arrivals.received(arrival({ id: "evt-2" }));
    arrivals.match(["evt-1", "evt-2"].map((id) => gatewayEvent({ key: id, id, publishedAtMs: 5_000 })));
    expect([arrivals.of("evt-1"), arrivals.of("evt-2")]).toEqual([undefined, 5_010]);
  });

  it.each([
    [2_000, 5_010],
    [2_001, undefined],
  ])("belongs to an event that was published %i ms before, or to none: %s", (ms, expected) => {
    const arrivals = createArrivals(10);
    arrivals.received(arrival());
    arrivals.match([gatewayEvent({ publishedAtMs: 5_010 - ms })]);
    expect(arrivals.of("m1")).toBe(expected);
  });

  it("is remembered for as many events as the page shows", () => {
    const arrivals = createArrivals(2);
    for (const key of ["a", "b", "c"]) {
      arrivals.received(arrival());
      arrivals.match([gatewayEvent({ key, publishedAtMs: 5_000 })]);
    }
    expect([arrivals.of("a"), arrivals.of("b"), arrivals.of("c"), arrivals.count]).toEqual([
      undefined,
      5_010,
      5_010,
      3,
    ]);
  });

  it("gives the percentiles of the times from the producer's call, also of one event", () => {
    const arrivals = createArrivals(10);
    expect(arrivals.percentileMs(0.5)).toBeUndefined();
    for (const [index, ms] of [10, 20, 30, 40].entries()) {
      arrivals.received(arrival({ id: `evt-${index}`, receivedAt: 5_000 + ms }));
      const id = `evt-${index}`;
      arrivals.match([gatewayEvent({ key: id, id, acceptedAtMs: 5_000, publishedAtMs: 5_000 })]);
    }
    expect([0.5, 0.99].map((share) => arrivals.percentileMs(share))).toEqual([20, 40]);
    arrivals.clear();
    expect(arrivals.percentileMs(0.5)).toBeUndefined();
  });
});
