import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { notificationOf, progressEvents, progressOf } from "../../support/producer-events.ts";
import { type OnBatch, openProducerQueue } from "../../support/producer-queue.ts";

const MIB = 1_048_576;
const TEN = 10;

const idsOf = (events: readonly { readonly id: string | undefined }[]) => events.map(({ id }) => id).sort();

describe("sendMany", () => {
  it("puts ten events into each request, and reports each event once", async () => {
    const { realtime, requests, receiveAll } = await openProducerQueue();
    const { sent, failed } = await realtime.sendMany(progressEvents(95, 95));
    expect(failed).toEqual([]);
    expect(sent.map(({ index }) => index)).toEqual(Array.from({ length: 95 }, (_, index) => index));
    expect(requests.map(({ length }) => length).sort((a, b) => a - b)).toEqual([
      5,
      ...Array.from({ length: 9 }, () => TEN),
    ]);
    expect(idsOf(await receiveAll())).toEqual(idsOf(sent));
  });

  it("fills requests by bytes where bytes and not the number is the limit", async () => {
    const { realtime, requests, receiveAll } = await openProducerQueue();
    const sizes = [500_000, 400_000, 300_000, 200_000, 100_000, 50_000];
    const { sent } = await realtime.sendMany(sizes.map((size) => notificationOf(size)));
    expect(requests).toHaveLength(2);
    for (const entries of requests) expect(bytesOf(entries)).toBeLessThanOrEqual(MIB);
    expect(idsOf(await receiveAll())).toEqual(idsOf(sent));
  });

  it("sends a message of exactly 1 MiB with its attributes, and reports too_large for one byte more", async () => {
    const { realtime, receiveAll } = await openProducerQueue();
    const options = { attributes: { tenant: "acme" } };
    const {
      sent: [empty],
    } = await realtime.sendMany([notificationOf(0)], options);
    const room = MIB - (empty?.bytes ?? 0);
    const { sent, failed } = await realtime.sendMany([notificationOf(room), notificationOf(room + 1)], options);
    expect(sent).toMatchObject([{ index: 0, bytes: MIB }]);
    expect(failed).toMatchObject([{ index: 1, code: "too_large", retryable: false }]);
    expect(await receiveAll()).toHaveLength(2);
  });

  it("counts bytes and not characters", async () => {
    const { realtime } = await openProducerQueue();
    const { failed } = await realtime.sendMany([notificationOf(MIB / 3 + 1, "€")]);
    expect(failed).toMatchObject([{ code: "too_large" }]);
  });

  it("keeps the id of an event that was made earlier", async () => {
    const { realtime, receiveAll } = await openProducerQueue();
    const event = realtime.event("audit.progress", progressOf("42"));
    const stored: typeof event = JSON.parse(JSON.stringify(event));
    const { sent } = await realtime.sendMany([stored, ["audit.progress", progressOf("43")]]);
    expect(sent[0]?.id).toBe(event.id);
    expect(idsOf(await receiveAll())).toEqual(idsOf(sent));
  });

  it("reports an invalid event and sends the others", async () => {
    const { realtime, receiveAll } = await openProducerQueue();
    const { sent, failed } = await realtime.sendMany([
      ["audit.progress", progressOf("42")],
      ["audit.progress", { ...progressOf("42"), completed_steps: 0.5 }],
    ]);
    expect(sent).toMatchObject([{ index: 0 }]);
    expect(failed).toMatchObject([
      { index: 1, code: "invalid", detail: "audit.progress: completed_steps must be an integer, got 0.5" },
    ]);
    expect(await receiveAll()).toHaveLength(1);
  });

  it("reads 10,000 events only as fast as SQS takes them", async () => {
    const CONCURRENCY = 4;
    let read = 0;
    let furthestAhead = 0;
    let taken = 0;
    const onBatch: OnBatch = (entries) => {
      furthestAhead = Math.max(furthestAhead, read - taken);
      taken += entries.length;
      return {
        Successful: entries.map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) })),
      };
    };
    const { realtime, requests } = await openProducerQueue({ onBatch, producer: { concurrency: CONCURRENCY } });
    function* events() {
      for (const event of progressEvents(10_000, 1000)) {
        read += 1;
        yield event;
      }
    }
    const { sent } = await realtime.sendMany(events());
    expect(sent).toHaveLength(10_000);
    expect(requests.length).toBeLessThanOrEqual(1100);
    expect(furthestAhead).toBeLessThanOrEqual(3 * CONCURRENCY * TEN);
  });

  it("reads an asynchronous source, and returns what was sent if the source fails", async () => {
    const { realtime, receiveAll } = await openProducerQueue();
    async function* events() {
      yield* progressEvents(3, 3);
      await Promise.resolve();
      throw new Error("the database is gone");
    }
    await expect(realtime.sendMany(events())).rejects.toMatchObject({
      name: "EventSourceError",
      result: { sent: [{ index: 0 }, { index: 1 }, { index: 2 }], failed: [] },
      cause: { message: "the database is gone" },
    });
    expect(await receiveAll()).toHaveLength(3);
  });
});

const bytesOf = (entries: readonly { readonly MessageBody: string }[]): number =>
  entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);

/** The SDK compares it with the body that it sent. */
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
