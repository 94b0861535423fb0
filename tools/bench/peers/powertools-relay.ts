/** A relay as Powertools' and AWS's guides show it: it processes each message alone, and all of a batch in parallel. */
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { channelsOf, readEvent } from "./domain-event.ts";
import { pusher } from "./pusher.ts";

const processor = new BatchProcessor(EventType.SQS);

async function recordHandler({ body }: SQSRecord): Promise<void> {
  const message = readEvent(body);
  await pusher.trigger(channelsOf(message), message.event, message.data);
}

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  processPartialResponse(event, recordHandler, processor, { context });
