/** The plain way to relay: one `trigger` per event, one after another. */
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { channelsOf, readEvent } from "./domain-event.ts";
import { pusher } from "./pusher.ts";

export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const { body } of Records) {
    const message = readEvent(body);
    await pusher.trigger(channelsOf(message), message.event, message.data);
  }
  return { batchItemFailures: [] };
}
