import { aborted } from "./producer-error.ts";
import { type RetryPolicy, retryDelayMs } from "./retry.ts";
import { type PendingMessage, takeRequest } from "./take-request.ts";
import type { AttemptOutcome, QueueTransport } from "./transport.ts";

export interface DispatcherDeps {
  readonly transport: QueueTransport;
  readonly isFifo: boolean;
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  /** Resolves after the time, or at once when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly random: () => number;
}

/** Puts the messages of all calls into requests, and sends again the messages that SQS did not take. */
export interface Dispatcher {
  add(pending: PendingMessage): void;
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  let waiting: PendingMessage[] = [];
  const busyGroups = new Set<string>();
  let running = 0;
  let isScheduled = false;
  /** A call has aborted, or cannot pass. A search at each request would cost a long list more than its requests. */
  let hasOver = false;

  function start(): void {
    isScheduled = false;
    if (hasOver) waiting = waiting.filter((pending) => !settleIfOver(pending));
    hasOver = false;
    while (running < deps.concurrency && waiting.length > 0) {
      const { request, left } = takeRequest(waiting, busyGroups, deps.isFifo);
      if (request.length === 0) return;
      waiting = left;
      void run(request);
    }
  }

  async function run(request: readonly PendingMessage[]): Promise<void> {
    const groups = request.flatMap(({ message: { group } }) => (group === undefined ? [] : [group]));
    running += 1;
    for (const group of groups) busyGroups.add(group);
    await sendRequest(request, deps);
    for (const group of groups) busyGroups.delete(group);
    running -= 1;
    hasOver ||= request.some(({ call }) => call.fatal !== undefined);
    start();
  }

  return {
    add(pending) {
      if (settleIfOver(pending)) return;
      waiting.push(pending);
      pending.call.signal?.addEventListener("abort", onAbort, { once: true });
      schedule();
    },
  };

  function onAbort(): void {
    hasOver = true;
    schedule();
  }

  /** Requests start in a microtask, so that all events that one turn adds share requests. */
  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(start);
  }
}

/** Settles a message whose call has aborted, or cannot pass. */
function settleIfOver(pending: PendingMessage): boolean {
  const { signal, fatal } = pending.call;
  if (signal?.aborted === true) pending.settle({ ok: false, ...aborted() });
  else if (fatal !== undefined) pending.settle({ ok: false, ...fatal });
  else return false;
  return true;
}

/** Sends a request, and again for the messages that may pass at another attempt. */
async function sendRequest(request: readonly PendingMessage[], deps: DispatcherDeps): Promise<void> {
  const { maxAttempts } = deps.retry;
  const signal = request[0]?.call.signal;
  let left = request;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const outcomes = await deps.transport(
      left.map(({ message }) => message),
      signal,
    );
    left = left.filter((pending, index) => !settled(pending, outcomes[index], attempt >= maxAttempts));
    if (left.length === 0) return;
    await deps.sleep(retryDelayMs(attempt, deps.retry, deps.random()), signal);
    left = left.filter((pending) => !settleIfOver(pending));
  }
}

function settled(pending: PendingMessage, outcome: AttemptOutcome | undefined, isLast: boolean): boolean {
  const known: AttemptOutcome = outcome ?? { ok: false, ...NO_ANSWER };
  if (!known.ok && known.retryable && !isLast && known.code !== "aborted") return false;
  if (!known.ok && known.isFatal === true) pending.call.fatal = known;
  pending.settle(known);
  return true;
}

const NO_ANSWER = { code: "unreachable", retryable: true, detail: "SQS gave no outcome for this message" } as const;
