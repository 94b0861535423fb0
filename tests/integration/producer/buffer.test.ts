import { expect, it } from "vitest";
import { openProducerQueue } from "../../support/producer-queue.ts";

it.each([false, true])(
  "a full buffer sends all of its events at close, each once and in order (FIFO: %s)",
  async (fifo) => {
    const { realtime, receiveAll } = await openProducerQueue({ fifo });
    const buffer = realtime.buffer({ maxEvents: 5, maxWaitMs: 3_600_000 });
    const adds = Array.from({ length: 23 }, (_, step_position) =>
      buffer.add("audit.step_completed", { audit_id: "42", step_position, status: "completed" }),
    );
    await Promise.all([buffer.close(), ...adds]);
    const steps = (await receiveAll()).map(({ data }) => data.step_position);
    expect(steps).toEqual(Array.from({ length: 23 }, (_, step) => step));
  },
);
