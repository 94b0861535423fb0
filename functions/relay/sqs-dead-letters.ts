import { createOpenSqs } from "../sqs.ts";
import type { SendDeadLetter } from "./dead-letters.ts";

/** Sends dead letters to a real queue. */
export function createSendDeadLetter(queueUrl: string): SendDeadLetter {
  const open = createOpenSqs();
  return async ({ body, attributes, groupId, deduplicationId, traceHeader }, timeoutMs) => {
    // The timeout includes the time that it takes to load the SDK.
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const { sdk, sqs } = await open();
    const command = new sdk.SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, attribute]) => [name, { DataType: "String", ...attribute }]),
      ),
      ...(traceHeader !== undefined && {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: traceHeader } },
      }),
      ...(groupId !== undefined && { MessageGroupId: groupId }),
      ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    });
    await sqs.send(command, { abortSignal });
  };
}
