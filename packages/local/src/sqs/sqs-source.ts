import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import type { QueueAddress } from "./queue.ts";
import { createSqsClient } from "./sqs-client.ts";
import { sqsRecord } from "./sqs-event.ts";

/** What the poller needs of a queue. At most ten records per call, as SQS has it. */
export interface RecordSource {
  readonly fifo: boolean;
  receive(maxRecords: number, waitSeconds: number): Promise<SQSRecord[]>;
  /** Returns the records that could not be deleted. */
  remove(records: readonly SQSRecord[]): Promise<SQSRecord[]>;
  /** Makes records visible again at once. */
  release(records: readonly SQSRecord[]): Promise<void>;
  close(): void;
}

/** Longer than the longest of polls (20 s), so that only a dead connection meets it. */
const REQUEST_TIMEOUT_MS = 30_000;

export function createSqsSource({ endpoint, queueUrl, region, credentials }: QueueAddress): RecordSource {
  const requestHandler = { requestTimeout: REQUEST_TIMEOUT_MS };
  // One attempt: the poller has its own backoff, and can be stopped in the middle of it.
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
