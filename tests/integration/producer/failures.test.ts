import { describe, expect, it } from "vitest";
import { progressEvents, progressOf } from "../../support/producer-events.ts";
import { createClient, failedEntry, type OnBatch, openProducerQueue } from "../../support/producer-queue.ts";

/** The port of the discard protocol. */
const UNUSED_PORT = 9;

const idsOf = (events: readonly { readonly id: string | undefined }[]) => events.map(({ id }) => id).sort();

describe("sendMany, when SQS does not take everything", () => {
  it("sends again only the messages that SQS did not take", async () => {
    const onBatch: OnBatch = async (entries, forward, call) => {
      if (call > 1) return forward();
      const [second, fifth] = [entries[1], entries[4]].filter((entry) => entry !== undefined);
      const { Successful } = await forward(entries.filter((entry) => entry !== second && entry !== fifth));
      return {
        Successful,
        Failed: [second, fifth].flatMap((entry) => (entry ? [failedEntry(entry, "InternalError")] : [])),
      };
    };
    const { realtime, requests, receiveAll } = await openProducerQueue({ onBatch });
    const { sent, failed } = await realtime.sendMany(progressEvents(10, 10));
    expect(failed).toEqual([]);
    expect(requests.map(({ length }) => length)).toEqual([10, 2]);
    expect(idsOf(await receiveAll())).toEqual(idsOf(sent));
  });

  it("reports a message that SQS rejects, and sends it once", async () => {
    const onBatch: OnBatch = async (entries, forward) => {
      const { Successful } = await forward(entries.slice(1));
      return {
        Successful,
        Failed: entries.slice(0, 1).map((entry) => failedEntry(entry, "InvalidMessageContents", true)),
      };
    };
    const { realtime, requests } = await openProducerQueue({ onBatch });
    const { sent, failed } = await realtime.sendMany(progressEvents(3, 3));
    expect(sent.map(({ index }) => index)).toEqual([1, 2]);
    expect(failed).toMatchObject([
      {
        index: 0,
        code: "refused",
        retryable: false,
        detail: "InvalidMessageContents: InvalidMessageContents of the test",
      },
    ]);
    expect(requests).toHaveLength(1);
  });

  it("pauses and sends again when SQS throttles a request", async () => {
    const onBatch: OnBatch = (_entries, forward, call) =>
      call <= 2 ? { status: 400, type: "com.amazon.coral.availability#ThrottlingException" } : forward();
    const { realtime, requests, receiveAll } = await openProducerQueue({ onBatch });
    const sent = await realtime.send("audit.progress", progressOf("42"));
    expect(requests).toHaveLength(3);
    expect(idsOf(await receiveAll())).toEqual([sent.id]);
  });

  it("gives up after maxAttempts, and does not try the other events of the call", async () => {
    const onBatch: OnBatch = () => ({ status: 400, type: "com.amazonaws.sqs#RequestThrottled" });
    const { realtime, requests } = await openProducerQueue({ onBatch, producer: { maxAttempts: 2, concurrency: 1 } });
    const { sent, failed } = await realtime.sendMany(progressEvents(50, 50));
    expect(sent).toEqual([]);
    expect(failed).toHaveLength(50);
    expect(new Set(failed.map(({ code, retryable }) => `${code} ${retryable}`))).toEqual(new Set(["throttled true"]));
    expect(requests).toHaveLength(2);
  });

  it("reports expired credentials, without a second attempt", async () => {
    const onBatch: OnBatch = () => ({ status: 403, type: "com.amazon.coral.service#ExpiredTokenException" });
    const { realtime, requests } = await openProducerQueue({ onBatch, producer: { concurrency: 1 } });
    const { failed } = await realtime.sendMany(progressEvents(50, 50));
    expect(failed).toHaveLength(50);
    expect(failed[49]).toMatchObject({
      code: "refused",
      retryable: false,
      detail: "ExpiredTokenException: of the test",
    });
    expect(requests).toHaveLength(1);
  });

  it("reports a queue that does not exist, without a second attempt", async () => {
    const { realtime } = await openProducerQueue({
      onBatch: () => ({ status: 400, type: "com.amazonaws.sqs#QueueDoesNotExist" }),
    });
    await expect(realtime.send("audit.progress", progressOf("42"))).rejects.toMatchObject({
      name: "ProducerError",
      code: "refused",
      retryable: false,
    });
  });

  it("reports an endpoint that nothing listens on as unreachable", async () => {
    const { queue } = await openProducerQueue();
    const client = createClient(`http://127.0.0.1:${UNUSED_PORT}`, queue);
    const { realtime } = await openProducerQueue({ producer: { client, maxAttempts: 2 } });
    const { failed } = await realtime.sendMany(progressEvents(20, 20));
    expect(failed).toHaveLength(20);
    expect(failed[0]).toMatchObject({
      code: "unreachable",
      retryable: true,
      detail: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("reports a queue that does not answer in time as unreachable", async () => {
    const hanging = Promise.withResolvers<"reset">();
    const { realtime } = await openProducerQueue({
      onBatch: () => hanging.promise,
      producer: { maxAttempts: 1, requestTimeoutMs: 50 },
    });
    await expect(realtime.send("audit.progress", progressOf("42"))).rejects.toMatchObject({ code: "unreachable" });
    hanging.resolve("reset");
  });

  it.each([false, true])("sends an event with the same ids again when the answer is lost (FIFO: %s)", async (fifo) => {
    const onBatch: OnBatch = async (_entries, forward, call) => {
      const answer = await forward();
      return call === 1 ? "reset" : answer;
    };
    const { realtime, requests, receiveAll } = await openProducerQueue({ fifo, onBatch });
    const { id } = await realtime.send("audit.progress", progressOf("42"));
    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]);
    const received = await receiveAll();
    expect(received.map((event) => event.id)).toEqual(fifo ? [id] : [id, id]);
  });

  it("keeps the order of each entity on a FIFO queue while SQS fails messages", async () => {
    let seed = 7;
    const isUnlucky = (): boolean => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31 < 0.4;
    };
    const onBatch: OnBatch = async (entries, forward) => {
      const unlucky = new Set(entries.filter(isUnlucky));
      const { Successful } = await forward(entries.filter((entry) => !unlucky.has(entry)));
      return { Successful, Failed: [...unlucky].map((entry) => failedEntry(entry, "InternalError")) };
    };
    const { realtime, receiveAll } = await openProducerQueue({ fifo: true, onBatch, producer: { maxAttempts: 20 } });
    const { sent } = await realtime.sendMany(progressEvents(40, 4));
    expect(sent).toHaveLength(40);
    const received = await receiveAll();
    for (const audit of ["a0", "a1", "a2", "a3"]) {
      const steps = received
        .filter(({ data }) => data.audit_id === audit)
        .map(({ data }) => Number(data.completed_steps));
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps).toHaveLength(10);
    }
  });

  it("stops at an abort, and reports each event", async () => {
    const controller = new AbortController();
    const onBatch: OnBatch = async (_entries, forward, call) => {
      if (call === 3) controller.abort();
      return forward();
    };
    const { realtime, requests, receiveAll } = await openProducerQueue({ onBatch, producer: { concurrency: 1 } });
    const { sent, failed } = await realtime.sendMany(progressEvents(100, 100), { signal: controller.signal });
    expect(sent).toHaveLength(20);
    expect(failed).toHaveLength(80);
    expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(["aborted"]));
    expect(requests).toHaveLength(3);
    const received = idsOf(await receiveAll());
    for (const id of idsOf(sent)) expect(received.filter((other) => other === id)).toHaveLength(1);
  });

  it("sends nothing with a signal that has aborted", async () => {
    const { realtime, requests } = await openProducerQueue();
    const signal = AbortSignal.abort();
    await expect(realtime.send("audit.progress", progressOf("42"), { signal })).rejects.toMatchObject({
      code: "aborted",
    });
    expect((await realtime.sendMany(progressEvents(3, 3), { signal })).failed).toHaveLength(3);
    expect(requests).toEqual([]);
  });
});
