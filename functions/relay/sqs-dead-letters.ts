import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { SQSMessageAttribute } from "aws-lambda";
import { createOpenSqs } from "../sqs.ts";
import type { SendDeadLetter } from "./dead-letter.ts";

/** Sends to a real queue. */
export function createSendDeadLetter(queueUrl: string): SendDeadLetter {
  const open = createOpenSqs();
  return async ({ body, attributes, fifo }, timeoutMs) => {
    // Loading the SDK counts.
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const { sdk, sqs } = await open();
    const command = new sdk.SendMessageCommand({
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
