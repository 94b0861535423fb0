import type { Queue } from "../sqs/queue.ts";
import type { QueuedMessage } from "../sqs/queue-view.ts";
import type { QueueState } from "./types.ts";

/** The depth of the queue and of its dead-letter queue now. */
export async function readQueueState(queue: Queue, nowMs: number): Promise<QueueState> {
  const [messages, deadLetters] = await Promise.all([queue.look(queue.queueUrl), queue.look(queue.deadLetterQueueUrl)]);
  const sentAt = messages.map(({ sentTimestamp }) => sentTimestamp);
  const inFlight = messages.filter((message) => isHidden(message, nowMs)).length;
  return {
    name: queue.queueUrl.slice(queue.queueUrl.lastIndexOf("/") + 1),
    url: queue.queueUrl,
    waiting: messages.length - inFlight,
    inFlight,
    ...(sentAt.length > 0 && { oldestAgeMs: Math.max(0, nowMs - Math.min(...sentAt)) }),
    deadLetters: deadLetters.length,
  };
}

const isHidden = ({ hiddenUntilMs }: QueuedMessage, nowMs: number): boolean =>
  hiddenUntilMs !== undefined && hiddenUntilMs > nowMs;
