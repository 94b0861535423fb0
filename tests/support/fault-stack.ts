import {
  type BatchObservation,
  type PusherServer,
  type PusherTarget,
  type Stack,
  type StackOptions,
  startLocalPusher,
  startStack,
} from "@realtime-gateway/local";
import { expect, onTestFinished } from "vitest";
import { buildFunctions } from "../../tools/build.ts";
import { leaksIn } from "./fault-leaks.ts";
import type { Labelled } from "./fault-messages.ts";
import {
  createPublications,
  createReceipts,
  type InvocationSummary,
  recordOf,
  summaryOf,
} from "./fault-observations.ts";
import { openQueues } from "./fault-queues.ts";
import { createInbox } from "./stack.ts";

export interface FaultOptions extends Pick<StackOptions, "env" | "queue" | "poller" | "relayTimeoutMs"> {
  /** Default 30: what has failed stays in flight for as long as a test lasts. */
  readonly visibilityTimeoutSeconds?: number;
  /** In place of the local server. */
  readonly pusher?: PusherTarget;
}

/** Where everything is. What is in neither queue has been acknowledged. */
export interface Whereabouts {
  /** What Pusher has accepted: labels by channel, in order. */
  readonly published: Readonly<Record<string, readonly string[]>>;
  /** In the main queue, waiting or in flight. */
  readonly queued: readonly string[];
  /** In the dead-letter queue, and why. */
  readonly deadLetters: Readonly<Record<string, string>>;
}

export interface FaultStack extends Stack {
  readonly server: PusherServer;
  /** Sends them all, and only then lets the relay have them, so that they come in one batch. */
  deliver(messages: readonly Labelled[]): Promise<void>;
  /** The relay's next answer, or its failure. */
  batch(): Promise<BatchObservation>;
  /** The relay's next account of what it did. */
  summary(): Promise<InvocationSummary>;
  /** The relay's log records of this name, up to the latest summary at least. */
  logged(message: string): readonly unknown[];
  /** Resolves once every message has been acknowledged. */
  acknowledged(): Promise<void>;
  /** Resolves with the next publication of this label. */
  published(label: string): Promise<void>;
  /** Counts what this server publishes too. */
  watch(server: PusherServer): void;
  whereabouts(): Promise<Whereabouts>;
}

/** Once is enough for a file; a bundle that is being written is no bundle to start. */
let built: Promise<void> | undefined;

/** The gateway with real parts and a real fault to come; stopped with the test, which fails when a log line leaks. */
export async function startFaultStack(options: FaultOptions = {}): Promise<FaultStack> {
  built ??= buildFunctions();
  await built;
  const pusher = options.pusher ?? (await startLocalPusher(0));
  const { server } = pusher;
  if (server === undefined) throw new Error("faults need a server of ours");
  const lines: string[] = [];
  const batches = createInbox<BatchObservation>();
  const summaries = createInbox<InvocationSummary>();
  const published = createPublications();
  const receipts = createReceipts();
  published.watch(server);
  const stack = await startStack({
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    visibilityTimeoutSeconds: 30,
    ...options,
    cloudPusher: pusher,
    holdMessages: true,
    // One invocation after another: what comes back is not handed out while its batch is still being worked on.
    poller: { maximumConcurrency: 1, ...options.poller },
    onLog(_name, line) {
      lines.push(line);
      const summary = summaryOf(line);
      if (summary) summaries.put(summary);
    },
    onBatch(batch) {
      receipts.record(batch);
      batches.put(batch);
    },
  });
  const queues = openQueues(stack);
  onTestFinished(async () => {
    queues.close();
    // Together: a stopping queue answers the poll that the poller would otherwise wait for.
    await Promise.all([stack.queue.stop(), stack.stop()]);
    expect(leaksIn(lines, pusher.env)).toEqual([]);
  });
  const labelsById = new Map<string, string>();
  const labelsByBody = new Map<string, string>();
  return {
    ...stack,
    server,
    async deliver(messages) {
      for (const { label, body } of messages) labelsByBody.set(body, label);
      for (const [id, label] of await queues.send(messages)) {
        labelsById.set(id, label);
        receipts.sent(id);
      }
      stack.startPolling();
    },
    batch: batches.take,
    summary: summaries.take,
    logged: (message) => lines.flatMap((line) => recordOf(line, message) ?? []),
    acknowledged: receipts.complete,
    published: published.of,
    watch: published.watch,
    async whereabouts() {
      const queued = [...receipts.open].map((id) => labelsById.get(id) ?? id);
      const count = await queues.count();
      if (count !== queued.length) throw new Error(`${queued.length} messages should be in the queue, not ${count}`);
      const letters = await queues.deadLetters();
      const deadLetters = Object.fromEntries(letters.map(([body, code]) => [labelsByBody.get(body) ?? body, code]));
      if (Object.keys(deadLetters).length < letters.length) throw new Error("a message has been buried twice");
      return { published: published.byChannel, queued, deadLetters };
    },
  };
}
