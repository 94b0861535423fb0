import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { readEvents } from "../../../packages/producer/src/read-events.ts";
import { retryDelayMs } from "../../../packages/producer/src/retry.ts";
import { progressEvents, progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

describe("sendMany", () => {
  it.each([
    [
      "a schema that throws",
      {
        schemas: {
          notification: z.object({}).check(
            z.refine(() => {
              throw new Error("a bug");
            }),
          ),
        },
      },
    ],
    [
      "a group that throws",
      {
        group: ({ name }: { readonly name: string }) => {
          if (name === "notification") throw new Error("a bug");
          return "g";
        },
      },
    ],
  ])("makes only its own event invalid with %s", async (_, options) => {
    const { realtime } = producerWorld(() => "taken", options);
    const { sent, failed } = await realtime.sendMany([
      ["notification", { type: "info", message: "x" }],
      ["audit.progress", progressOf("42")],
    ]);
    expect(failed).toMatchObject([
      { index: 0, id: "0", code: "invalid", detail: "the event cannot be prepared: a bug" },
    ]);
    expect(sent).toMatchObject([{ index: 1 }]);
  });

  it("reports a value that is no event", async () => {
    const { realtime } = producerWorld(() => "taken");
    const { sent, failed } = await realtime.sendMany(JSON.parse('[null, 5, "x", {}, []]'));
    expect(sent).toEqual([]);
    expect(failed.map(({ index, code }) => ({ index, code }))).toEqual(
      [0, 1, 2, 3, 4].map((index) => ({ index, code: "invalid" })),
    );
  });

  it.each(["strict", "off"] as const)(
    "takes ten attributes, and reports more as invalid (validate: %s)",
    async (validate) => {
      const { realtime, requests } = producerWorld(() => "taken", { validate });
      const attributesOf = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, "x"]));
      const events = progressEvents(1, 1);
      expect((await realtime.sendMany(events, { attributes: attributesOf(10) })).sent).toHaveLength(1);
      expect((await realtime.sendMany(events, { attributes: attributesOf(11) })).failed).toMatchObject([
        {
          index: 0,
          id: "1",
          code: "invalid",
          retryable: false,
          detail: "audit.progress: 11 attributes, and SQS allows 10",
        },
      ]);
      await expect(
        realtime.send("audit.progress", progressOf("42"), { attributes: attributesOf(12) }),
      ).rejects.toMatchObject({
        code: "invalid",
      });
      expect(requests).toHaveLength(1);
    },
  );

  it("returns two empty lists for no events", async () => {
    expect(await producerWorld(() => "taken").realtime.sendMany([])).toEqual({ sent: [], failed: [] });
  });

  it("tries an event maxAttempts times, with growing pauses", async () => {
    const { realtime, requests, pauses } = producerWorld(() => "throttled", { maxAttempts: 4 });
    expect((await realtime.sendMany(progressEvents(1, 1))).failed).toMatchObject([
      { code: "throttled", retryable: true },
    ]);
    expect(requests).toHaveLength(4);
    expect(pauses).toEqual([100, 200, 400]);
  });

  it("adds few listeners to the caller's signal", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const listen = signal.addEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof listen>) => {
      listeners += 1;
      listen(...args);
    };
    const { realtime } = producerWorld(() => "taken", { concurrency: 20 });
    await realtime.sendMany(progressEvents(500, 500), { signal });
    await realtime.send("audit.progress", progressOf("42"), { signal });
    expect(listeners).toBe(1);
  });

  it("stops to read an endless source at an abort, and ends it", async () => {
    const controller = new AbortController();
    const { realtime } = producerWorld(() => "taken", {
      onRequest: (_, call) => {
        if (call === 5) controller.abort();
      },
    });
    const ended = Promise.withResolvers<void>();
    async function* endless() {
      try {
        for (;;) yield* progressEvents(1, 1);
      } finally {
        ended.resolve();
      }
    }
    const { sent, failed } = await realtime.sendMany(endless(), { signal: controller.signal });
    expect(sent.length + failed.length).toBeGreaterThan(0);
    await ended.promise;
  });
});

describe("readEvents", () => {
  it("does not wait for a source that hangs after an abort", async () => {
    const controller = new AbortController();
    const hanging: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const reading = readEvents(hanging, controller.signal, () => undefined);
    controller.abort();
    await expect(reading).resolves.toBeUndefined();
  });
});

describe("the pause before another attempt", () => {
  const policy = { maxAttempts: 9, firstDelayMs: 100, maxDelayMs: 5000 };
  it.each([
    [1, 0, 50],
    [1, 1, 100],
    [3, 0.5, 300],
    [7, 1, 5000],
    [50, 0, 2500],
  ])("after attempt %i with random %d is %i ms", (attempt, random, delayMs) => {
    expect(retryDelayMs(attempt, policy, random)).toBe(delayMs);
  });
});
