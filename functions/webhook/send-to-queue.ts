import { createOpenSqs } from "../sqs.ts";
import type { SendMessages } from "./forward.ts";

/** Pusher closes the request after four seconds. A webhook's twenty events take two batches. */
const TIMEOUT_MS = 1_800;

/** Sends batches to an SQS queue. */
export function createSendMessages(queueUrl: string): SendMessages {
  const open = createOpenSqs();
  return async (batch) => {
    // Started first, so that the time to load the SDK counts too.
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

/** The queue accepted only some messages of a batch. The log holds this name, so it must not change. */
class PartlyRefused extends Error {
  /** Lambda logs the name of the class as `errorType`. Minified bundles shorten it. */
  static override readonly name = "PartlyRefused";
  override readonly name = "PartlyRefused";
}
