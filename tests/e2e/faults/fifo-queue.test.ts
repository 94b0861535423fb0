import { ChangeMessageVisibilityBatchCommand, DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { openQueue } from "../../support/local-queue.ts";

/** A FIFO queue that holds `a1 a2 a3 b1 b2`, in two groups. */
async function openGroups() {
  const { queue, sqs, send } = await openQueue({ fifo: true });
  const { queueUrl: QueueUrl } = queue;
  for (const body of ["a1", "a2", "a3", "b1", "b2"])
    await send({ MessageBody: body, MessageGroupId: body.slice(0, 1) });
  return {
    sqs,
    QueueUrl,
    async receive(MaxNumberOfMessages = 10, VisibilityTimeout = 30) {
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages,
        VisibilityTimeout,
        WaitTimeSeconds: 2,
      });
      const { Messages = [] } = await sqs.send(command);
      return Messages;
    },
  };
}

const bodies = (messages: readonly { readonly Body?: string | undefined }[]) => messages.map(({ Body }) => Body);

describe("a FIFO queue", () => {
  it("returns many messages of a group at once, in order", async () => {
    const { receive } = await openGroups();
    expect(bodies(await receive())).toEqual(["a1", "a2", "a3", "b1", "b2"]);
  });

  it("returns no more messages than requested", async () => {
    const { receive } = await openGroups();
    expect(bodies(await receive(2))).toEqual(["a1", "a2"]);
  });

  it("does not return the rest of a group that is in flight", async () => {
    const { receive } = await openGroups();
    await receive(2);
    expect(bodies(await receive())).toEqual(["b1", "b2"]);
  });

  it("continues with a group once its messages in flight are deleted", async () => {
    const { sqs, QueueUrl, receive } = await openGroups();
    for (const { ReceiptHandle } of await receive(2))
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    expect(bodies(await receive())).toEqual(["a3", "b1", "b2"]);
  });

  it("returns messages in order after their visibility timeout", async () => {
    const { receive } = await openGroups();
    await receive(10, 1);
    expect(bodies(await receive())).toEqual(["a1", "a2", "a3", "b1", "b2"]);
  });

  it("returns released messages in order", async () => {
    const { sqs, QueueUrl, receive } = await openGroups();
    const taken = await receive();
    const Entries = taken.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    expect(bodies(await receive())).toEqual(["a1", "a2", "a3", "b1", "b2"]);
  });

  it("hides nothing if the visibility timeout is 0", async () => {
    const { receive } = await openGroups();
    await receive(10, 0);
    expect(bodies(await receive())).toEqual(["a1", "a2", "a3", "b1", "b2"]);
  });
});
