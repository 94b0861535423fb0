import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { SQSMessageAttribute } from "aws-lambda";
import type { SendDeadLetter } from "./dead-letter.ts";

/** Beside the invocation's own time, so that a silent queue is found out in time to report the record. */
const REQUEST_TIMEOUT_MS = 2_000;
const MAX_ATTEMPTS = 2;

/** Sends to a real queue. The SDK is Lambda's own, and is imported when the first letter is written: most functions never do. */
export function createSendDeadLetter(queueUrl: string): SendDeadLetter {
  const opening = lazily(async () => {
    const { SendMessageCommand, SQSClient } = await import("@aws-sdk/client-sqs");
    const requestHandler = {
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Without it the SDK only warns.
      throwOnRequestTimeout: true,
      connectionTimeout: REQUEST_TIMEOUT_MS,
    };
    return { SendMessageCommand, sqs: new SQSClient({ maxAttempts: MAX_ATTEMPTS, requestHandler }) };
  });
  return async ({ body, attributes, fifo }, timeoutMs) => {
    // Loading the SDK counts.
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const { SendMessageCommand, sqs } = await opening();
    const command = new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, attribute]) => [name, attributeValue(attribute)]),
      ),
      ...(fifo && { MessageGroupId: fifo.groupId, MessageDeduplicationId: fifo.deduplicationId }),
    });
    await sqs.send(command, { abortSignal });
  };
}

const attributeValue = ({ dataType, stringValue, binaryValue }: SQSMessageAttribute): MessageAttributeValue => ({
  DataType: dataType,
  ...(stringValue !== undefined && { StringValue: stringValue }),
  ...(binaryValue !== undefined && { BinaryValue: Buffer.from(binaryValue, "base64") }),
});

/** The same promise for everybody; after a failure the next one tries again. */
function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
