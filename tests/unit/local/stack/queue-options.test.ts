import { describe, expect, it } from "vitest";
import { localQueueOptions } from "../../../../packages/local/src/stack/queue-options.ts";

describe("the queue of the local stack", () => {
  it("retries a message after the relay's timeout, as often as a deployed stage does", () => {
    expect(localQueueOptions({ sqsPort: 0 })).toEqual({ port: 0, visibilityTimeoutSeconds: 30, maxReceiveCount: 240 });
  });

  it("adds the batching window, so that a message of an open batch does not become visible again", () => {
    const options = localQueueOptions({ sqsPort: 0, poller: { batchWindowSeconds: 300 } });
    expect(options).toMatchObject({ visibilityTimeoutSeconds: 330 });
  });

  it("can dead-letter a message sooner than after two hours", () => {
    const options = { sqsPort: 0, visibilityTimeoutSeconds: 1, queue: { maxReceiveCount: 5, fifo: true } };
    expect(localQueueOptions(options)).toEqual({
      port: 0,
      visibilityTimeoutSeconds: 1,
      maxReceiveCount: 5,
      fifo: true,
    });
  });
});
