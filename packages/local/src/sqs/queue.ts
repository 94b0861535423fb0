import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { aboutText } from "./about.ts";
import type { QueueAddress } from "./address.ts";
import { createSqsClient } from "./client.ts";
import { type EntryOutcomes, type QueueEntry, startEmulator } from "./emulator.ts";
import { serveQuietGroupsFirst } from "./fair-receives.ts";
import { batchGroupsAsAwsDoes } from "./fifo-batches.ts";
import { acceptWhatAwsAccepts } from "./message-characters.ts";
import type { QueuedMessage } from "./queue-view.ts";
import { keepStandardGroups } from "./standard-groups.ts";

const ACCOUNT_ID = "000000000000";
/** fauxqs accepts any region, and this is its own default. */
const REGION = "us-east-1";
/** fauxqs checks no signature, but an SDK requires credentials. Copy them, because the SDK writes into the object. */
const CREDENTIALS = { accessKeyId: "local", secretAccessKey: "local" };
/** SQS's own default: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const DEFAULT_VISIBILITY_TIMEOUT_SECONDS = 30;
/** AWS recommends at least five receives for the queue of a Lambda function. */
const DEFAULT_MAX_RECEIVE_COUNT = 5;

export interface QueueOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  readonly visibilityTimeoutSeconds?: number;
  readonly maxReceiveCount?: number;
  /** `domain-events.fifo` instead of `domain-events`. */
  readonly fifo?: boolean;
  /** The address that takes events as plain JSON, for the text at `GET /`. It may be known later than the queue. */
  eventsUrl?(): string | undefined;
}

export interface Queue extends QueueAddress {
  readonly port: number;
  readonly deadLetterQueueUrl: string;
  /** The messages of one of the two queues, without receiving them. */
  look(queueUrl: string): Promise<readonly QueuedMessage[]>;
  /** Sends up to ten messages without a request over the network. Throws an Error with SQS's reason if it takes none of them. */
  sendBatch(entries: readonly QueueEntry[]): Promise<EntryOutcomes>;
  /** Deletes every message of both queues, also those in flight. */
  purge(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs SQS in this process. Rejects with `code: "EADDRINUSE"` when the port is taken. */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  await acceptWhatAwsAccepts();
  await batchGroupsAsAwsDoes();
  await keepStandardGroups();
  await serveQuietGroupsFirst();
  const suffix = options.fifo === true ? ".fifo" : "";
  const queueName = `domain-events${suffix}`;
  const deadLetterQueueName = `domain-events-dlq${suffix}`;
  const emulator = await startEmulator({ port: options.port, host: options.host, about: () => about() });
  const { port, endpoint, stop } = emulator;
  const address = {
    endpoint,
    queueUrl: `${endpoint}/${ACCOUNT_ID}/${queueName}`,
    deadLetterQueueUrl: `${endpoint}/${ACCOUNT_ID}/${deadLetterQueueName}`,
    region: REGION,
  };
  const about = (): string => aboutText({ ...address, eventsUrl: options.eventsUrl?.() });
  try {
    await createQueues(endpoint, queueName, deadLetterQueueName, options);
    const look = (queueUrl: string) => emulator.look(queueUrl.slice(queueUrl.lastIndexOf("/") + 1));
    const sendBatch = (entries: readonly QueueEntry[]) => emulator.sendBatch(address.queueUrl, entries);
    const purge = async (): Promise<void> => {
      await Promise.all([address.queueUrl, address.deadLetterQueueUrl].map(emulator.purge));
    };
    return { ...address, port, credentials: { ...CREDENTIALS }, look, sendBatch, purge, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createQueues(endpoint: string, name: string, deadLetterName: string, options: QueueOptions) {
  const sqs = createSqsClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const fifo = options.fifo === true ? { FifoQueue: "true", ContentBasedDeduplication: "true" } : {};
  try {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: deadLetterName, Attributes: fifo }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: Attributes?.QueueArn,
      maxReceiveCount: options.maxReceiveCount ?? DEFAULT_MAX_RECEIVE_COUNT,
    });
    const VisibilityTimeout = String(options.visibilityTimeoutSeconds ?? DEFAULT_VISIBILITY_TIMEOUT_SECONDS);
    await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { ...fifo, VisibilityTimeout, RedrivePolicy } }),
    );
  } finally {
    sqs.destroy();
  }
}
