/** The members of a fauxqs queue that are used here. */
interface EmulatedQueue {
  readonly fifoMessages: Map<string, { readonly sequenceNumber?: string }[]>;
  /** The number of messages in flight of each group that has some. */
  readonly fifoLockedGroups: Map<string, number>;
  readonly inflightMessages: ReadonlyMap<string, unknown>;
  isFifo(): boolean;
  dequeue(maxCount: number, ...rest: readonly unknown[]): unknown[];
  processTimers(): void;
  changeVisibility(receiptHandle: string, timeoutSeconds: number): void;
}

const patched = new WeakSet<EmulatedQueue>();

/**
 * fauxqs 2.4.1 returns one message of a FIFO group per receive, and restores several failed ones in reverse order. AWS
 * returns as many of a group as fit, in order. Without this patch, a relay that breaks the order within a batch would
 * pass every local test (docs/decisions/002).
 */
export async function batchGroupsAsAwsDoes(): Promise<void> {
  const path = new URL("sqs/sqsStore.js", import.meta.resolve("fauxqs")).href;
  const { SqsQueue }: { SqsQueue: { readonly prototype: EmulatedQueue } } = await import(path);
  const queue = SqsQueue.prototype;
  if (patched.has(queue)) return;
  patched.add(queue);
  const { dequeue, processTimers, changeVisibility } = queue;
  queue.dequeue = function (maxCount, ...rest) {
    return this.isFifo()
      ? takeGroups(this, maxCount, () => dequeue.call(this, 1, ...rest))
      : dequeue.call(this, maxCount, ...rest);
  };
  queue.processTimers = function () {
    keepingOrder(this, () => processTimers.call(this));
  };
  queue.changeVisibility = function (...change) {
    keepingOrder(this, () => changeVisibility.apply(this, change));
  };
}

/** Takes one message after another. Each locks its group for other calls, but not for this one. */
function takeGroups(queue: EmulatedQueue, maxCount: number, takeOne: () => unknown[]): unknown[] {
  queue.processTimers();
  const lockedByOthers = new Set(queue.fifoLockedGroups.keys());
  const ours = new Map<string, number>();
  const taken: unknown[] = [];
  const { processTimers } = queue;
  // With a visibility timeout of 0, the timers would restore the messages that this call has taken.
  queue.processTimers = () => undefined;
  try {
    for (let one = takeOne(); one.length > 0; one = taken.length < maxCount ? takeOne() : []) {
      taken.push(...one);
      for (const [group, count] of queue.fifoLockedGroups) {
        if (lockedByOthers.has(group)) continue;
        ours.set(group, (ours.get(group) ?? 0) + count);
        queue.fifoLockedGroups.delete(group);
      }
    }
  } finally {
    queue.processTimers = processTimers;
    for (const [group, count] of ours) queue.fifoLockedGroups.set(group, count);
  }
  return taken;
}

/** Restored messages get their old place in the group. */
function keepingOrder(queue: EmulatedQueue, change: () => void): void {
  const inFlight = queue.inflightMessages.size;
  change();
  if (queue.inflightMessages.size === inFlight) return;
  for (const messages of queue.fifoMessages.values())
    messages.sort((a, b) => (a.sequenceNumber ?? "").localeCompare(b.sequenceNumber ?? ""));
}
