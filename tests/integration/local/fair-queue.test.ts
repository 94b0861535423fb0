import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { createProducer } from "@realtime-gateway/producer";
import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { openQueue, pollQueue } from "../../support/local-queue.ts";
import { progressOf } from "../../support/producer-events.ts";

const BATCH_EVENTS = 5_000;

const batchProgress = (completed: number) =>
  [
    "batch.progress",
    {
      batch_id: "b-1",
      operation_type: "audit",
      total: BATCH_EVENTS,
      completed,
      failed: 0,
      progress_percentage: 0,
    },
  ] as const;

async function receiveTen(sqs: SQSClient, QueueUrl: string) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["MessageGroupId"] }),
  );
  return Messages.map(({ Attributes, ReceiptHandle }) => ({ group: Attributes?.MessageGroupId, ReceiptHandle }));
}

describe("a standard queue with message groups", () => {
  it("returns the event of another audit in the batch after the one that runs, behind 5,000 events of one batch", async () => {
    const { queue, sqs } = await openQueue();
    const realtime = createProducer({ queueUrl: queue.queueUrl, source: "/test", client: sqs });
    const { sent } = await realtime.sendMany(Array.from({ length: BATCH_EVENTS }, (_, index) => batchProgress(index)));
    expect(sent).toHaveLength(BATCH_EVENTS);
    const invoke = async (): Promise<null> => {
      if (!isSent) await realtime.send("audit.progress", progressOf("42"));
      isSent = true;
      return null;
    };
    let isSent = false;
    const batches = await pollQueue(queue, { invoke, maximumConcurrency: 1 }).batches(2);
    const groups = batches.slice(0, 2).map(({ records }) => records.map(({ attributes }) => attributes.MessageGroupId));
    expect(groups).toEqual([Array(10).fill("batch/audit/b-1"), ["audit-42", ...Array(9).fill("batch/audit/b-1")]]);
  });

  it("passes the group to the function, as Lambda does", async () => {
    const { queue, send } = await openQueue();
    await send({ MessageBody: "hello", MessageGroupId: "audit-42" });
    const events: SQSEvent[] = [];
    await pollQueue(queue, { invoke: async (event) => events.push(event) && null }).batches(1);
    expect(events[0]?.Records[0]?.attributes).toMatchObject({ MessageGroupId: "audit-42" });
  });

  it("keeps the group of each entry, beside the entry's own attributes", async () => {
    const { queue, sqs } = await openQueue();
    const tenant = { tenant: { DataType: "String", StringValue: "a" } };
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queue.queueUrl,
        Entries: [
          { Id: "1", MessageBody: "1", MessageGroupId: "a" },
          { Id: "2", MessageBody: "2" },
          { Id: "3", MessageBody: "3", MessageGroupId: "c", MessageAttributes: tenant },
        ],
      }),
    );
    const groups = (await receiveTen(sqs, queue.queueUrl)).map(({ group }) => group);
    expect(groups).toEqual(["a", undefined, "c"]);
  });

  it("keeps the group of a message in SQS's query protocol", async () => {
    const { queue, sqs } = await openQueue();
    const body = new URLSearchParams({ Action: "SendMessage", MessageBody: "hello", MessageGroupId: "audit-42" });
    await fetch(queue.queueUrl, { method: "POST", body });
    expect(await receiveTen(sqs, queue.queueUrl)).toMatchObject([{ group: "audit-42" }]);
  });

  it("serves any SDK: a quiet group first, and the noisy group as a quiet one once its backlog is gone", async () => {
    const { queue, sqs, send } = await openQueue();
    const sendOf = async (MessageGroupId: string, count: number): Promise<void> => {
      for (let index = 0; index < count; index++) await send({ MessageBody: String(index), MessageGroupId });
    };
    const receive = async (): Promise<readonly (string | undefined)[]> => {
      const messages = await receiveTen(sqs, queue.queueUrl);
      for (const { ReceiptHandle } of messages)
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queue.queueUrl, ReceiptHandle }));
      return messages.map(({ group }) => group);
    };
    await sendOf("noisy", 11);
    await receive();
    await sendOf("quiet", 1);
    expect(await receive()).toEqual(["quiet", "noisy"]);
    await sendOf("noisy", 1);
    await sendOf("quiet", 1);
    expect(await receive()).toEqual(["noisy", "quiet"]);
  });
});
