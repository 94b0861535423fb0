import type { SqsAttributes } from "@realtime-gateway/dead-letter";
import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";
import type { Dice } from "../dice.ts";
import type { QueuePlan } from "../plan/queue-plan.ts";
import type { SoakRecorder } from "../recorder.ts";
import { type TrafficOptions, traffic } from "../traffic/traffic.ts";

/** A queue in memory, with the faults of its plan. It gives out batches, and takes back the messages that failed. */
export interface RehearsedQueue {
  readonly isEmpty: boolean;
  /** The next batch; `undefined` if a receive was lost. */
  receive(): readonly SQSRecord[] | undefined;
  /** The messages of the batch for which this is true are received again. All others are deleted. */
  settle(batch: readonly SQSRecord[], isFailed: (messageId: string) => boolean): void;
}

export interface QueueDeps {
  readonly recorder: SoakRecorder;
  readonly plan: QueuePlan;
  readonly dice: Dice;
  readonly fifo: boolean;
}

const SMALLEST_BATCH = { standard: 20, fifo: 5 } as const;
const LARGEST_BATCH = { standard: 80, fifo: 30 } as const;

export function createRehearsedQueue(options: TrafficOptions, deps: QueueDeps): RehearsedQueue {
  const { plan, dice, fifo } = deps;
  const kind = fifo ? "fifo" : "standard";
  let waiting = send(options, deps);
  const size = (): number => SMALLEST_BATCH[kind] + dice.below(LARGEST_BATCH[kind] - SMALLEST_BATCH[kind]);
  /** A FIFO queue keeps its order. A standard queue passes messages on again after others. */
  const back = (messages: readonly SQSRecord[]): void => {
    waiting = fifo ? [...messages, ...waiting] : [...waiting, ...messages];
  };
  return {
    get isEmpty() {
      return waiting.length === 0;
    },
    receive() {
      const count = size();
      const batch = waiting.slice(0, count).map(receivedOnceMore);
      waiting = waiting.slice(count);
      if (plan.receive() === undefined) return batch;
      back(batch);
      return undefined;
    },
    settle(batch, isFailed) {
      const isTooLate = plan.deletesTooLate();
      back(batch.filter(({ messageId }) => isTooLate || isFailed(messageId) || plan.keepsDeleted()));
    },
  };
}

function send(options: TrafficOptions, { recorder, plan, fifo }: QueueDeps): SQSRecord[] {
  const messages: SQSRecord[] = [];
  for (const message of traffic(options)) {
    recorder.sent(message);
    messages.push(recordOf(`m-${messages.length}`, message, fifo));
    // The producer got no answer, and sends the message again. A FIFO queue recognizes its deduplication id.
    if (plan.send() !== "lost" || fifo) continue;
    recorder.sentAgain(message);
    messages.push(recordOf(`m-${messages.length}`, message, fifo));
  }
  return messages;
}

const QUEUE_ARN = "arn:aws:sqs:eu-west-3:123456789012:domain-events";

interface QueuedMessage {
  readonly body: string;
  readonly attributes: SqsAttributes;
  readonly group: string;
}

const recordOf = (messageId: string, { body, attributes, group }: QueuedMessage, fifo: boolean): SQSRecord => ({
  messageId,
  receiptHandle: `receipt-${messageId}`,
  body,
  attributes: {
    ApproximateReceiveCount: "0",
    SentTimestamp: "1772442000000",
    SenderId: "AIDAEXAMPLE",
    ApproximateFirstReceiveTimestamp: "1772442000001",
    ...(fifo && { MessageGroupId: group, MessageDeduplicationId: `once-${messageId}` }),
  },
  messageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType = "String", StringValue, BinaryValue }]) => [
      name,
      {
        dataType: dataTypeOf(DataType),
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString("base64") }),
        stringListValues: [],
        binaryListValues: [],
      } satisfies SQSMessageAttribute,
    ]),
  ),
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: fifo ? `${QUEUE_ARN}.fifo` : QUEUE_ARN,
  awsRegion: "eu-west-3",
});

const dataTypeOf = (text: string): "String" | "Number" | "Binary" =>
  text === "Number" || text === "Binary" ? text : "String";

const receivedOnceMore = (record: SQSRecord): SQSRecord => ({
  ...record,
  attributes: {
    ...record.attributes,
    ApproximateReceiveCount: String(Number(record.attributes.ApproximateReceiveCount) + 1),
  },
});
