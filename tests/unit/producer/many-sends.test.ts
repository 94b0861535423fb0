import { describe, expect, it } from "vitest";
import { takeRequest } from "../../../packages/producer/src/take-request.ts";
import { notificationOf, progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

describe("many calls of send in one turn", () => {
  it("may be more than a function takes arguments", () => {
    const message = { name: "notification", id: "1", body: "{}", bytes: 2, attributes: {}, group: undefined };
    const pending = {
      message: { ...message, browser: { bytes: 2, truncated: false } },
      call: {},
      settle: () => undefined,
    };
    const { request, left } = takeRequest(Array(200_000).fill(pending), new Set(), false);
    expect([request.length, left.length]).toEqual([10, 199_990]);
  });

  it("all settle", async () => {
    const { realtime, requests } = producerWorld(() => "taken", { validate: "off" });
    const sends = Array.from({ length: 5_000 }, () => realtime.send(...notificationOf(1)));
    expect(new Set((await Promise.all(sends)).map(({ id }) => id)).size).toBe(sends.length);
    expect(requests.length).toBeLessThan(sends.length / 9);
  });

  it("keep their order, and do not wait for a group that is busy", async () => {
    const { realtime, requests } = producerWorld(() => "taken", {
      group: ({ name }) => name.slice(0, 5),
      concurrency: 2,
    });
    const sends = Array.from({ length: 25 }, (_, index) => realtime.send("audit.progress", progressOf("1", index)));
    sends.push(realtime.send(...notificationOf(1)));
    await Promise.all(sends);
    const idsOf = (first: number, last: number) =>
      Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
    expect(requests.map((request) => request.map(({ id }) => id))).toEqual([
      idsOf(0, 9),
      ["25"],
      idsOf(10, 19),
      idsOf(20, 24),
    ]);
  });

  it("end at an abort while they wait for a request of their group", async () => {
    const gate = Promise.withResolvers<void>();
    const { realtime, queue } = producerWorld(() => "taken", { onRequest: () => gate.promise });
    const controller = new AbortController();
    const first = realtime.send("audit.progress", progressOf("1"));
    const second = realtime.send("audit.progress", progressOf("1"), { signal: controller.signal });
    const third = realtime.send("audit.progress", progressOf("1"));
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: "aborted" });
    gate.resolve();
    await Promise.all([first, third]);
    expect(queue).toEqual(["0", "2"]);
  });

  it("all fail when the queue is down", async () => {
    const { realtime } = producerWorld(() => "down", { validate: "off" });
    const sends = Array.from({ length: 2_000 }, () => realtime.send(...notificationOf(1)));
    const ends = await Promise.allSettled(sends);
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
  });
});
