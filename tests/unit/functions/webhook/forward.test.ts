import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchesOf, createForward, messagesOf, type QueueMessage } from "../../../../functions/webhook/forward.ts";

const BODY = Buffer.from("the webhook");
const eventOn = (channel: string | undefined, name = "channel_occupied") => ({
  name,
  channel,
  json: JSON.stringify({ name, channel }),
});
const fifoOf = (channel: string | undefined, body: Uint8Array = BODY) =>
  messagesOf([eventOn(channel)], body, true)[0]?.fifo;

describe("a message", () => {
  it("is the JSON of its event, without a group on a standard queue", () => {
    expect(messagesOf([eventOn("a"), eventOn("b")], BODY, false)).toEqual([
      { body: '{"name":"channel_occupied","channel":"a"}' },
      { body: '{"name":"channel_occupied","channel":"b"}' },
    ]);
  });

  it("escapes the characters that SQS rejects", () => {
    const text = "\u0000\uFFFE\uFFFF\uD800é🎧\u007F";
    const [message] = messagesOf([{ name: text, channel: "a", json: JSON.stringify({ text }) }], BODY, false);
    expect(message?.body).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
    expect(JSON.parse(message?.body ?? "")).toEqual({ text });
  });
});

describe("on a FIFO queue", () => {
  it("groups by channel, so that a channel's events keep their order", () => {
    expect(fifoOf("private-audit-42")?.groupId).toBe("private-audit-42");
  });

  it.each(["x".repeat(129), "é", "a b", ""])("gives a valid group id to the channel %.20j", (channel) => {
    const groupId = fifoOf(channel)?.groupId;
    expect(groupId).toMatch(/^[\w-]{1,128}$/);
    expect(fifoOf(`${channel}1`)?.groupId).not.toBe(groupId);
  });

  it("groups events without a channel by their name", () => {
    expect(fifoOf(undefined)?.groupId).toBe("channel_occupied");
  });

  it("gives the same deduplication ids to the same webhook only", () => {
    const id = fifoOf("a")?.deduplicationId;
    expect(fifoOf("a")?.deduplicationId).toBe(id);
    expect(fifoOf("a", Buffer.from("another"))?.deduplicationId).not.toBe(id);
    expect(id).toMatch(/^[\w-]{1,128}$/);
  });

  it("gives two deduplication ids to equal events of one webhook", () => {
    const [first, second] = messagesOf([eventOn("a"), eventOn("a")], BODY, true);
    expect(first?.fifo?.deduplicationId).not.toBe(second?.fifo?.deduplicationId);
  });
});

describe("batches", () => {
  const sized = (bytes: number): QueueMessage => ({ body: "x".repeat(bytes) });
  const sizes = (messages: readonly QueueMessage[]) => batchesOf(messages).map((batch) => batch.length);

  it("have ten messages at most", () => {
    expect(sizes(Array.from({ length: 21 }, () => sized(1)))).toEqual([10, 10, 1]);
  });

  it("have 1 MiB at most, counted in bytes", () => {
    expect(sizes([sized(524_288), sized(524_288), sized(1)])).toEqual([2, 1]);
    expect(sizes([{ body: "é".repeat(300_000) }, { body: "é".repeat(300_000) }])).toEqual([1, 1]);
  });

  it("are none without messages", () => expect(batchesOf([])).toEqual([]));

  it("lose nothing, keep the order and respect both limits", () => {
    const messages = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 1_048_576 }), fc.integer({ min: 1, max: 9 })).map(sized),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(messages, (all) => {
        const batches = batchesOf(all);
        expect(batches.flat()).toEqual(all);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(batch.reduce((bytes, { body }) => bytes + body.length, 0)).toBeLessThanOrEqual(1_048_576);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("forwarding", () => {
  const events = Array.from({ length: 25 }, (_, index) => eventOn(`c${index}`));
  const QUEUE = "https://sqs.example/1/webhooks";

  it("sends one batch after another, in order", async () => {
    const sent: string[] = [];
    let inFlight = 0;
    await createForward(QUEUE, async (batch) => {
      inFlight += 1;
      expect(inFlight).toBe(1);
      await null;
      sent.push(...batch.map(({ body }) => body));
      inFlight -= 1;
    })(events, BODY);
    expect(sent).toEqual(events.map(({ json }) => json));
  });

  it.each([
    [QUEUE, false],
    [`${QUEUE}.fifo`, true],
  ])("sends groups only to a FIFO queue: %s", async (url, fifo) => {
    await createForward(url, async (batch) => {
      for (const message of batch) expect("fifo" in message).toBe(fifo);
    })(events, BODY);
  });

  it("ends at the first batch that fails, so that later events do not overtake", async () => {
    let calls = 0;
    const forward = createForward(QUEUE, async () => {
      calls += 1;
      throw new Error("down");
    });
    await expect(forward(events, BODY)).rejects.toThrow("down");
    expect(calls).toBe(1);
  });
});
