import { type GroupedMessage, type GroupLoad, nextMessages, noisyGroups, type QueueLoad } from "./fair-order.ts";

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

/** What a queue remembers of the messages that its consumers received. */
interface Memory {
  readonly receivedAtMs: WeakMap<InFlight, number>;
  /** The processing time of deleted messages by group; of those without a group under `undefined`. */
  readonly processedMs: Map<string | undefined, number>;
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
    this.processTimers();
    moveToFront(this, maxCount, nowMs());
    const received = dequeue.call(this, maxCount, ...rest);
    remember(this, received, nowMs());
    return received;
  };
  queue.deleteMessage = function (receiptHandle) {
    const entry = this.inflightMessages.get(receiptHandle);
    const isDeleted = deleteMessage.call(this, receiptHandle);
    if (entry !== undefined && !this.isFifo()) addProcessed(this, entry, nowMs());
    return isDeleted;
  };
  queue.purge = function () {
    purge.call(this);
    memories.delete(this);
  };
}

function moveToFront(queue: StandardQueue, maxCount: number, nowMs: number): void {
  const load = loadOf(queue, nowMs);
  forgetDrained(queue, load);
  const next = nextMessages(queue.messages, maxCount, load);
  if (next.every((message, index) => message === queue.messages[index])) return;
  const moved = new Set(next);
  queue.messages = [...next, ...queue.messages.filter((message) => !moved.has(message))];
}

function loadOf(queue: StandardQueue, nowMs: number): QueueLoad {
  const { receivedAtMs, processedMs } = memoryOf(queue);
  const groups = new Map<string, GroupLoad>();
  let total: GroupLoad = { inFlight: 0, processingMs: 0 };
  const add = (group: string | undefined, inFlight: number, processingMs: number): void => {
    total = sum(total, { inFlight, processingMs });
    if (group !== undefined) groups.set(group, sum(groups.get(group), { inFlight, processingMs }));
  };
  for (const [group, ms] of processedMs) add(group, 0, ms);
  for (const entry of queue.inflightMessages.values())
    add(entry.message.messageGroupId, 1, nowMs - (receivedAtMs.get(entry) ?? nowMs));
  return { groups, total };
}

const sum = (a: GroupLoad | undefined, b: GroupLoad): GroupLoad => ({
  inFlight: (a?.inFlight ?? 0) + b.inFlight,
  processingMs: (a?.processingMs ?? 0) + b.processingMs,
});

/** A noisy group is quiet again once its backlog is gone. */
function forgetDrained(queue: StandardQueue, load: QueueLoad): void {
  for (const group of noisyGroups(load)) {
    const isOfGroup = ({ messageGroupId }: GroupedMessage): boolean => messageGroupId === group;
    const hasMessages =
      load.groups.get(group)?.inFlight !== 0 || queue.messages.some(isOfGroup) || queue.delayedMessages.some(isOfGroup);
    if (!hasMessages) memoryOf(queue).processedMs.delete(group);
  }
}

function remember(queue: StandardQueue, received: readonly { readonly ReceiptHandle: string }[], nowMs: number): void {
  const { receivedAtMs } = memoryOf(queue);
  for (const { ReceiptHandle } of received) {
    const entry = queue.inflightMessages.get(ReceiptHandle);
    if (entry !== undefined) receivedAtMs.set(entry, nowMs);
  }
}

function addProcessed(queue: StandardQueue, entry: InFlight, nowMs: number): void {
  const { receivedAtMs, processedMs } = memoryOf(queue);
  const isEmpty = queue.messages.length + queue.delayedMessages.length + queue.inflightMessages.size === 0;
  // An empty queue has no backlog, so all of its groups are quiet. This also bounds the memory.
  if (isEmpty) {
    processedMs.clear();
    return;
  }
  const group = entry.message.messageGroupId;
  processedMs.set(group, (processedMs.get(group) ?? 0) + nowMs - (receivedAtMs.get(entry) ?? nowMs));
}

function memoryOf(queue: StandardQueue): Memory {
  const memory = memories.get(queue) ?? { receivedAtMs: new WeakMap(), processedMs: new Map() };
  memories.set(queue, memory);
  return memory;
}
