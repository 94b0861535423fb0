import { createOpenSqs } from "../sqs.ts";
import type { SendMessages } from "./forward.ts";

/** For one batch, and a webhook's twenty events are two: Pusher waits four seconds for the answer, and then sends again. */
const TIMEOUT_MS = 1_800;

/** Sends to a real queue. */
export function createSendMessages(queueUrl: string): SendMessages {
  const open = createOpenSqs();
  return async (batch) => {
    // Loading the SDK counts.
    const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
    const { sdk, sqs } = await open();
    const Entries = batch.map(({ body, fifo }, index) => ({
      Id: String(index),
      MessageBody: body,
      ...(fifo && { MessageGroupId: fifo.groupId, MessageDeduplicationId: fifo.deduplicationId }),
    }));
    const command = new sdk.SendMessageBatchCommand({ QueueUrl: queueUrl, Entries });
    const { Failed = [] } = await sqs.send(command, { abortSignal });
    if (Failed.length > 0) throw new PartlyRefused();
  };
}

/** The queue took some of a batch's messages, and not the others. */
class PartlyRefused extends Error {
  override readonly name = "PartlyRefused";
}
