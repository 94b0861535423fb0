import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { FlushResult } from "../../../packages/producer/src/buffer-types.ts";
import type { ProducerWarning } from "../../../packages/producer/src/options.ts";
import { progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

const HOUR_MS = 3_600_000;
const batchOf = (batch_id: string, completed: number) =>
  ({ batch_id, operation_type: "audit", total: 9, completed, failed: 0, progress_percentage: 0 }) as const;
const stepOf = (step_position: number) => ({ audit_id: "1", step_position, status: "completed" }) as const;

describe("a buffer", () => {
  it("sends what it has at a flush, and returns the outcome of each event", async () => {
    const { realtime } = producerWorld((id) => (id === "1" ? "refused" : "taken"));
    const buffer = realtime.buffer({ maxWaitMs: HOUR_MS });
    for (const step of [0, 1, 2]) await buffer.add("audit.step_completed", stepOf(step));
    expect(await buffer.flush()).toMatchObject({
      sent: [{ id: "0" }, { id: "2" }],
      failed: [{ id: "1", event: "audit.step_completed", code: "refused" }],
      superseded: [],
    });
    expect(await buffer.close()).toEqual({ sent: [], failed: [], superseded: [] });
  });

  it("sends by itself after maxWaitMs", async () => {
    const { realtime } = producerWorld(() => "taken");
    const flushed = Promise.withResolvers<FlushResult>();
    const buffer = realtime.buffer({ maxWaitMs: 1, onResult: flushed.resolve });
    await buffer.add("audit.step_completed", stepOf(1));
    expect((await flushed.promise).sent).toMatchObject([{ id: "0" }]);
    await buffer.close();
  });

  it("replaces an unsent latest-wins event by a newer one of the same entity, and reports it", async () => {
    const { realtime, queue } = producerWorld(() => "taken");
    const buffer = realtime.buffer({ maxWaitMs: HOUR_MS });
    await buffer.add("batch.progress", batchOf("a", 1));
    await buffer.add("batch.progress", batchOf("b", 1));
    await buffer.add("audit.step_completed", stepOf(1));
    await buffer.add("audit.step_completed", stepOf(2));
    await buffer.add("batch.progress", batchOf("a", 2));
    await buffer.add("batch.progress", batchOf("a", 3));
    const { superseded, sent } = await buffer.close();
    expect(superseded).toEqual([
      { id: "0", event: "batch.progress", by: "4" },
      { id: "4", event: "batch.progress", by: "5" },
    ]);
    expect(sent.map(({ id }) => id)).toEqual(["1", "2", "3", "5"]);
    expect(queue.toSorted()).toEqual(["1", "2", "3", "5"]);
  });

  it("does not replace an event that is on its way", async () => {
    const { realtime, queue } = producerWorld(() => "taken");
    const buffer = realtime.buffer({ maxWaitMs: HOUR_MS });
    await buffer.add("batch.progress", batchOf("a", 1));
    const first = buffer.flush();
    await Promise.resolve();
    await buffer.add("batch.progress", batchOf("a", 2));
    expect((await first).superseded).toEqual([]);
    expect((await buffer.close()).superseded).toEqual([]);
    expect(queue).toEqual(["0", "1"]);
  });

  it("lets add wait while it is full, and keeps the order of an entity", async () => {
    const gate = Promise.withResolvers<void>();
    const { realtime, queue } = producerWorld(() => "taken", { onRequest: () => gate.promise });
    const buffer = realtime.buffer({ maxEvents: 2, maxWaitMs: HOUR_MS });
    const added: number[] = [];
    const adds = [0, 1, 2, 3, 4].map((step) =>
      buffer.add("audit.step_completed", stepOf(step)).then(() => added.push(step)),
    );
    await Promise.all(adds.slice(0, 2));
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(added).toEqual([0, 1]);
    gate.resolve();
    await Promise.all(adds);
    await buffer.close();
    expect(queue).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("sends everything at close, also events beyond its size, and takes no more", async () => {
    const { realtime, queue } = producerWorld(() => "taken");
    const buffer = realtime.buffer({ maxEvents: 3, maxWaitMs: HOUR_MS });
    const adds = [0, 1, 2, 3, 4, 5, 6].map((step) => buffer.add("audit.step_completed", stepOf(step)));
    const closed = buffer.close();
    expect(buffer.close()).toBe(closed);
    await Promise.all([closed, ...adds]);
    expect(queue).toHaveLength(7);
    await expect(buffer.add("audit.step_completed", stepOf(7))).rejects.toMatchObject({ code: "aborted" });
  });

  it("sends everything at the end of an await using block", async () => {
    const { realtime, queue } = producerWorld(() => "taken");
    {
      await using buffer = realtime.buffer({ maxWaitMs: HOUR_MS });
      await buffer.add("audit.progress", progressOf("1"));
    }
    expect(queue).toEqual(["0"]);
  });

  it("rejects an invalid event at once", async () => {
    const { realtime } = producerWorld(() => "taken");
    const buffer = realtime.buffer({ maxWaitMs: HOUR_MS });
    await expect(buffer.add("audit.progress", { audit_id: "1" })).rejects.toMatchObject({ code: "invalid", id: "0" });
    await buffer.close();
  });

  it("warns of events that failed in a flush that no one called", async () => {
    const warnings: ProducerWarning[] = [];
    const { realtime } = producerWorld(() => "refused", { onWarning: (warning) => warnings.push(warning) });
    const asked = realtime.buffer({ maxWaitMs: HOUR_MS });
    await asked.add("audit.progress", progressOf("1"));
    expect((await asked.close()).failed).toHaveLength(1);
    expect(warnings).toEqual([]);
    {
      await using buffer = realtime.buffer({ maxWaitMs: HOUR_MS });
      await buffer.add("audit.progress", progressOf("1"));
    }
    expect(warnings).toEqual([{ code: "refused", event: "audit.progress", id: "1", detail: "refused" }]);
  });

  it.each(["onResult", "onWarning"] as const)(
    "sends everything while %s throws, and throws its error in a task",
    async (name) => {
      vi.useFakeTimers();
      onTestFinished(() => void vi.useRealTimers());
      const fail = (): never => {
        throw new Error("the callback's fault");
      };
      const { realtime, queue } = producerWorld((id) => (id === "0" ? "refused" : "taken"), {
        onWarning: fail,
      });
      const buffer = realtime.buffer({
        maxEvents: 1,
        maxWaitMs: HOUR_MS,
        ...(name === "onResult" && { onResult: fail }),
      });
      for (const step of [0, 1, 2]) await buffer.add("audit.step_completed", stepOf(step));
      await buffer.add("audit.step_completed", stepOf(3));
      expect(await buffer.flush()).toMatchObject({ failed: [] });
      expect(await buffer.close()).toMatchObject({ failed: [] });
      expect(queue).toEqual(["1", "2", "3"]);
      await expect(vi.advanceTimersByTimeAsync(0)).rejects.toThrow("the callback's fault");
      vi.clearAllTimers();
    },
  );
});
