import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import type { QueueAddress } from "../sqs/address.ts";
import { createSqsClient } from "../sqs/client.ts";
import { sqsRecord } from "./event.ts";

/** A queue as the poller uses it. A call takes at most ten messages, as in SQS. */
export interface MessageSource {
  readonly fifo: boolean;
  receive(maxRecords: number, waitSeconds: number): Promise<SQSRecord[]>;
  /** Returns the messages that could not be deleted. */
  remove(records: readonly SQSRecord[]): Promise<SQSRecord[]>;
  /** Makes messages visible again at once. */
  release(records: readonly SQSRecord[]): Promise<void>;
  close(): void;
}

/** Longer than the longest poll (20 s), so it ends only dead connections. */
const REQUEST_TIMEOUT_MS = 30_000;

export function createSqsSource({ endpoint, queueUrl, region, credentials }: QueueAddress): MessageSource {
  const requestHandler = { requestTimeout: REQUEST_TIMEOUT_MS };
  // One attempt, because the poller has its own backoff, which a stop can interrupt.
  const sqs = createSqsClient({ endpoint, region, credentials }, { maxAttempts: 1, requestHandler });
  const queueArn = arnOf(queueUrl, region);
  return {
    fifo: queueUrl.endsWith(".fifo"),
    async receive(maxRecords, waitSeconds) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: maxRecords,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      );
      return Messages.map((message) => sqsRecord(message, queueArn));
    },
    async remove(records) {
      const { Failed = [] } = await sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: records.map(batchEntry) }),
      );
      const failed = new Set(Failed.map(({ Id }) => Id));
      return records.filter((_, index) => failed.has(String(index)));
    },
    async release(records) {
      const Entries = records.map((record, index) => ({ ...batchEntry(record, index), VisibilityTimeout: 0 }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
    },
    close: () => sqs.destroy(),
  };
}

function batchEntry({ receiptHandle }: SQSRecord, index: number) {
  return { Id: String(index), ReceiptHandle: receiptHandle };
}

/** A queue URL ends in `/<account>/<name>`. */
function arnOf(queueUrl: string, region: string): string {
  const [account = "", name = ""] = new URL(queueUrl).pathname.split("/").slice(-2);
  return `arn:aws:sqs:${region}:${account}:${name}`;
}
