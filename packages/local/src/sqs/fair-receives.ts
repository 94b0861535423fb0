import { type GroupedMessage, nextMessages, noisyGroups, type QueueLoad } from "./fair-order.ts";

/** A message in flight. */
interface InFlight {
  readonly message: GroupedMessage;
}

/** The members of a fauxqs queue that are used here. */
interface StandardQueue {
  messages: GroupedMessage[];
  readonly delayedMessages: readonly GroupedMessage[];
  readonly inflightMessages: ReadonlyMap<string, InFlight>;
  isFifo(): boolean;
  processTimers(): void;
  dequeue(maxCount: number, ...rest: readonly unknown[]): { readonly ReceiptHandle: string }[];
  deleteMessage(receiptHandle: string): boolean;
  purge(): void;
}

/** The queue remembers this of the messages that its consumers received. */
interface Memory {
  /** Until this time, the message in flight is counted. */
  readonly countedUntilMs: WeakMap<InFlight, number>;
  /** Since each group's backlog began. */
  readonly processingMs: Map<string, number>;
  totalProcessingMs: number;
}

const memories = new WeakMap<StandardQueue, Memory>();
const patched = new WeakSet<StandardQueue>();

/**
 * fauxqs 2.4.1 returns the oldest message of a standard queue first. AWS serves quiet groups first (docs/decisions/028). FIFO
 * queues remain as they are.
 */
export async function serveQuietGroupsFirst(nowMs = () => performance.now()): Promise<void> {
  const path = new URL("sqs/sqsStore.js", import.meta.resolve("fauxqs")).href;
  const { SqsQueue }: { SqsQueue: { readonly prototype: StandardQueue } } = await import(path);
  const queue = SqsQueue.prototype;
  if (patched.has(queue)) return;
  patched.add(queue);
  const { dequeue, deleteMessage, purge } = queue;
  queue.dequeue = function (maxCount, ...rest) {
    if (this.isFifo()) return dequeue.call(this, maxCount, ...rest);
    // Messages whose visibility timeout ended take part in the choice.
    const startMs = nowMs();
    for (const entry of this.inflightMessages.values()) countTime(this, entry, startMs);
    this.processTimers();
    moveToFront(this, maxCount);
    const received = dequeue.call(this, maxCount, ...rest);
    startClocks(this, received, nowMs());
    return received;
  };
  queue.deleteMessage = function (receiptHandle) {
    const entry = this.inflightMessages.get(receiptHandle);
    if (entry !== undefined && !this.isFifo()) countTime(this, entry, nowMs());
    const isDeleted = deleteMessage.call(this, receiptHandle);
    // An empty queue has no backlog, so all of its groups are quiet. This also bounds the memory.
    if (this.messages.length + this.delayedMessages.length + this.inflightMessages.size === 0) memories.delete(this);
    return isDeleted;
  };
  queue.purge = function () {
    purge.call(this);
    memories.delete(this);
  };
}

function countTime(queue: StandardQueue, entry: InFlight, nowMs: number): void {
  const memory = memoryOf(queue);
  const ms = nowMs - (memory.countedUntilMs.get(entry) ?? nowMs);
  memory.countedUntilMs.set(entry, nowMs);
  memory.totalProcessingMs += ms;
  const { messageGroupId: group } = entry.message;
  if (group !== undefined) memory.processingMs.set(group, (memory.processingMs.get(group) ?? 0) + ms);
}

function startClocks(queue: StandardQueue, received: readonly { readonly ReceiptHandle: string }[], nowMs: number) {
  for (const { ReceiptHandle } of received) {
    const entry = queue.inflightMessages.get(ReceiptHandle);
    if (entry !== undefined) memoryOf(queue).countedUntilMs.set(entry, nowMs);
  }
}

function moveToFront(queue: StandardQueue, maxCount: number): void {
  forgetDrained(queue, loadOf(queue));
  const next = nextMessages(queue.messages, maxCount, loadOf(queue));
  if (next.every((message, index) => message === queue.messages[index])) return;
  const moved = new Set(next);
  queue.messages = [...next, ...queue.messages.filter((message) => !moved.has(message))];
}

function loadOf(queue: StandardQueue): QueueLoad {
  const inFlight = new Map<string, number>();
  for (const { message } of queue.inflightMessages.values()) {
    const { messageGroupId: group } = message;
    if (group !== undefined) inFlight.set(group, (inFlight.get(group) ?? 0) + 1);
  }
  const { processingMs, totalProcessingMs } = memoryOf(queue);
  return { inFlight, totalInFlight: queue.inflightMessages.size, processingMs, totalProcessingMs };
}

/** A noisy group is quiet again once its backlog is gone. */
function forgetDrained(queue: StandardQueue, load: QueueLoad): void {
  const memory = memoryOf(queue);
  for (const group of noisyGroups(load)) {
    const isOfGroup = ({ messageGroupId }: GroupedMessage): boolean => messageGroupId === group;
    const hasMessages =
      load.inFlight.has(group) || queue.messages.some(isOfGroup) || queue.delayedMessages.some(isOfGroup);
    if (hasMessages) continue;
    memory.totalProcessingMs -= memory.processingMs.get(group) ?? 0;
    memory.processingMs.delete(group);
  }
}

function memoryOf(queue: StandardQueue): Memory {
  const memory = memories.get(queue) ?? {
    countedUntilMs: new WeakMap(),
    processingMs: new Map(),
    totalProcessingMs: 0,
  };
  memories.set(queue, memory);
  return memory;
}
