import { decodeEnvelope } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { progressOf } from "../../support/producer-events.ts";
import { openProducerQueue } from "../../support/producer-queue.ts";

describe("send", () => {
  it("puts an event into the queue, which the gateway reads as it was sent", async () => {
    const { realtime, receiveAll } = await openProducerQueue();
    const sent = await realtime.send("audit.progress", progressOf("42"));
    const [received] = await receiveAll();
    expect(received?.message.MessageId).toBe(sent.messageId);
    const body = received?.message.Body ?? "";
    expect(sent.bytes).toBe(Buffer.byteLength(body));
    expect(sent.browser).toEqual({ bytes: Buffer.byteLength(JSON.stringify(progressOf("42"))), truncated: false });
    expect(decodeEnvelope(body)).toMatchObject({
      ok: true,
      value: { name: "audit.progress", id: sent.id, source: "/test", data: progressOf("42") },
    });
  });

  it("reports that browsers get a truncated payload", async () => {
    const { realtime } = await openProducerQueue();
    const data = {
      error: "é".repeat(6000),
      audit_id: "42",
      failed_at: "2026-03-02T09:00:00Z",
      status: "failed",
    } as const;
    const { browser } = await realtime.send("audit.failed", data);
    expect(browser.truncated).toBe(true);
    expect(browser.bytes).toBeLessThan(9000);
  });

  it("sends events of one turn in one request", async () => {
    const { realtime, requests } = await openProducerQueue();
    await Promise.all([1, 2, 3].map((step) => realtime.send("audit.progress", progressOf("42", step))));
    expect(requests).toHaveLength(1);
  });

  it("sends an entity as the message group on a standard queue, and nothing with group: false", async () => {
    const grouped = await openProducerQueue();
    await grouped.realtime.send("audit.progress", progressOf("a:b"));
    expect(grouped.requests[0]?.[0]).toMatchObject({ MessageGroupId: "audit-a=3Ab" });
    expect(grouped.requests[0]?.[0]).not.toHaveProperty("MessageDeduplicationId");
    const free = await openProducerQueue({ producer: { group: false } });
    await free.realtime.send("audit.progress", progressOf("42"));
    expect(free.requests[0]?.[0]).not.toHaveProperty("MessageGroupId");
  });

  it("sends the id of the event as the deduplication id on a FIFO queue", async () => {
    const { realtime, receiveAll } = await openProducerQueue({ fifo: true });
    const { id } = await realtime.send("notification", { type: "info", message: "hello" });
    const { id: second } = await realtime.send("audit.progress", progressOf("42"));
    const attributes = (await receiveAll()).map(({ message }) => message.Attributes);
    expect(attributes).toMatchObject([
      { MessageDeduplicationId: id, MessageGroupId: id },
      { MessageDeduplicationId: second, MessageGroupId: "audit-42" },
    ]);
  });

  it("sends text attributes", async () => {
    const { realtime, receiveAll } = await openProducerQueue();
    const { bytes } = await realtime.send("audit.progress", progressOf("42"), { attributes: { tenant: "é" } });
    const [received] = await receiveAll();
    expect(received?.message.MessageAttributes).toMatchObject({ tenant: { DataType: "String", StringValue: "é" } });
    expect(bytes).toBe(Buffer.byteLength(received?.message.Body ?? "") + "tenant".length + "String".length + 2);
  });

  it("escapes characters that SQS does not accept, and keeps emoji", async () => {
    const { realtime, receiveAll } = await openProducerQueue();
    const message = "\u0000\u0008\u001f\u007f\ufffe\uffff\ud800 \u{1f600} \u{1f680} é \u2028";
    await realtime.send("notification", { type: "info", message });
    const [received] = await receiveAll();
    expect(received?.data.message).toBe(message);
    expect(received?.message.Body).toContain(String.raw`\ufffe\uffff\ud800 😀`);
  });
});
