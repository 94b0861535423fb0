/** What is needed of a queue of fauxqs. */
interface EmulatedQueue {
  readonly fifoMessages: Map<string, { readonly sequenceNumber?: string }[]>;
  /** Groups with messages in flight, and how many. */
  readonly fifoLockedGroups: Map<string, number>;
  readonly inflightMessages: ReadonlyMap<string, unknown>;
  isFifo(): boolean;
  dequeue(maxCount: number, ...rest: readonly unknown[]): unknown[];
  processTimers(): void;
  changeVisibility(receiptHandle: string, timeoutSeconds: number): void;
}

const taught = new WeakSet<EmulatedQueue>();

/**
 * fauxqs 2.4.1 hands out one message of a FIFO group per receive, and puts several that come back in reverse. AWS hands out as many of
 * a group as fit, always in order, and a relay that forgot the group in the middle of a batch would never be found out here.
 * (docs/decisions/002)
 */
export async function batchGroupsAsAwsDoes(): Promise<void> {
  const path = new URL("sqs/sqsStore.js", import.meta.resolve("fauxqs")).href;
  const { SqsQueue }: { SqsQueue: { readonly prototype: EmulatedQueue } } = await import(path);
  const queue = SqsQueue.prototype;
  if (taught.has(queue)) return;
  taught.add(queue);
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

/** Takes one message after another; the lock that each puts on its group binds others, and not this call. */
function takeGroups(queue: EmulatedQueue, maxCount: number, takeOne: () => unknown[]): unknown[] {
  queue.processTimers();
  const lockedByOthers = new Set(queue.fifoLockedGroups.keys());
  const ours = new Map<string, number>();
  const taken: unknown[] = [];
  const { processTimers } = queue;
  // A visibility timeout of 0 would bring back what this very call has taken.
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

/** What comes back goes where it was. */
function keepingOrder(queue: EmulatedQueue, change: () => void): void {
  const inFlight = queue.inflightMessages.size;
  change();
  if (queue.inflightMessages.size === inFlight) return;
  for (const messages of queue.fifoMessages.values())
    messages.sort((a, b) => (a.sequenceNumber ?? "").localeCompare(b.sequenceNumber ?? ""));
}
