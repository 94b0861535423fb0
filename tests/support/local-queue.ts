import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import { type BatchObservation, type PollerDeps, startPoller } from "../../packages/local/src/event-source/poller.ts";
import { createSqsSource } from "../../packages/local/src/event-source/source.ts";
import { type Queue, type QueueOptions, startQueue } from "../../packages/local/src/sqs/queue.ts";

/** A real queue on a free port and a real client, both closed after the test. */
export async function openQueue(options: Partial<QueueOptions> = {}) {
  const queue = await startQueue({ port: 0, ...options });
  onTestFinished(() => queue.stop());
  const sqs = new SQSClient({ endpoint: queue.endpoint, region: queue.region, credentials: queue.credentials });
  onTestFinished(() => sqs.destroy());
  const { queueUrl } = queue;
  return {
    queue,
    sqs,
    send: (message: Omit<SendMessageCommandInput, "QueueUrl">) =>
      sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, ...message })),
    receive: async (QueueUrl: string, WaitTimeSeconds = 5) => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }));
      return Messages;
    },
    attributes: async (QueueUrl: string) => {
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
      return Attributes;
    },
    create: (QueueName: string) => sqs.send(new CreateQueueCommand({ QueueName })),
  };
}

/** A real poller on a queue, which stops after the test. */
export function pollQueue(queue: Queue, deps: Omit<PollerDeps, "source" | "onBatch">) {
  const batches: BatchObservation[] = [];
  let waiting: { readonly count: number; resolve(): void } | undefined;
  const poller = startPoller({
    ...deps,
    source: createSqsSource(queue),
    onBatch: (batch) => {
      batches.push(batch);
      if (waiting !== undefined && batches.length >= waiting.count) waiting.resolve();
    },
  });
  // Both at once, because the stop of the queue answers the open poll of the poller.
  onTestFinished(async () => {
    await Promise.all([poller.stop(), queue.stop()]);
  });
  return {
    poller,
    /** Resolves with the first `count` batches. */
    async batches(count: number): Promise<BatchObservation[]> {
      const reached = Promise.withResolvers<void>();
      waiting = { count, resolve: reached.resolve };
      if (batches.length < count) await reached.promise;
      return batches;
    },
  };
}
