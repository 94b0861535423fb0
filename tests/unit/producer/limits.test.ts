import { createProducer } from "@realtime-gateway/producer";
import { describe, expect, it } from "vitest";
import { progressOf } from "../../support/producer-events.ts";

/** A producer whose client never answers, and ignores its `abortSignal`. `asked` resolves at its first request. */
function deafProducer(requestTimeoutMs?: number) {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const send = (): Promise<never> => {
    resolve();
    return new Promise(() => undefined);
  };
  const realtime = createProducer({
    queueUrl: "https://sqs.eu-west-3.amazonaws.com/1/domain-events",
    source: "/audits",
    client: { send },
    maxAttempts: 1,
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
  });
  return { realtime, asked };
}

describe("a client that ignores abortSignal", () => {
  it("does not hold a call whose signal aborts", async () => {
    const { realtime, asked } = deafProducer();
    const controller = new AbortController();
    const sending = realtime.send("audit.progress", progressOf("42"), { signal: controller.signal });
    void asked.then(() => controller.abort());
    await expect(sending).rejects.toMatchObject({
      code: "aborted",
      retryable: true,
      detail: "the signal aborted before SQS answered; the message may be in the queue",
    });
  });

  it("does not hold a call beyond requestTimeoutMs", async () => {
    const { realtime } = deafProducer(1);
    await expect(realtime.send("audit.progress", progressOf("42"))).rejects.toMatchObject({
      code: "unreachable",
      retryable: true,
      detail: "TimeoutError: SQS did not answer within 1 ms",
    });
  });
});
