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
import { startChecked } from "./contract-answers.ts";
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
  /** Default 600: failed messages remain in flight until the end of a test. */
  readonly visibilityTimeoutSeconds?: number;
  /** Replaces the local server. */
  readonly pusher?: PusherTarget;
}

/** A message that a test loses sight of ends in the dead-letter queue, where the test finds it. */
const FEW_RECEIVES = 5;

/** The place of every message. A message in neither queue is acknowledged. */
export interface Whereabouts {
  /** The labels of the events that Pusher accepted, by channel and in order. */
  readonly published: Readonly<Record<string, readonly string[]>>;
  /** The labels in the main queue, visible or in flight. */
  readonly queued: readonly string[];
  /** The codes in the dead-letter queue, by label. */
  readonly deadLetters: Readonly<Record<string, string>>;
}

export interface FaultStack extends Stack {
  readonly server: PusherServer;
  /** Sends all messages and then starts the poller, so that they arrive in one batch. */
  deliver(messages: readonly Labelled[]): Promise<void>;
  /** The relay's next answer or failure. */
  batch(): Promise<BatchObservation>;
  /** The relay's next summary. */
  summary(): Promise<InvocationSummary>;
  /** The relay's log records of this name, at least up to the latest summary. */
  logged(message: string): readonly unknown[];
  /** Resolves once every message has been acknowledged. */
  acknowledged(): Promise<void>;
  /** Resolves with the next publication of this label. */
  published(label: string): Promise<void>;
  /** The label of each message in the order in which SQS sent them, and the relay's answer. */
  handedOut(): readonly { readonly label: string; readonly acknowledged: boolean }[];
  /** Also counts the events of this server. */
  watch(server: PusherServer): void;
  whereabouts(): Promise<Whereabouts>;
}

/** Built once for a file, because no function may start from a bundle that is only half written. */
let built: Promise<void> | undefined;

/** The gateway with real parts, for a test that adds a fault. The test fails if a log line leaks. */
export async function startFaultStack(options: FaultOptions = {}): Promise<FaultStack> {
  built ??= buildFunctions();
  await built;
  const pusher = options.pusher ?? (await startLocalPusher(0));
  const { server } = pusher;
  if (server === undefined) throw new Error("faults need the local Pusher server");
  const lines: string[] = [];
  const batches = createInbox<BatchObservation>();
  const summaries = createInbox<InvocationSummary>();
  const handedOut: { readonly id: string; readonly acknowledged: boolean }[] = [];
  const published = createPublications();
  const receipts = createReceipts();
  published.watch(server);
  const stack = await startChecked(startStack, {
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    visibilityTimeoutSeconds: 600,
    ...options,
    queue: { maxReceiveCount: FEW_RECEIVES, ...options.queue },
    cloudPusher: pusher,
    holdMessages: true,
    // One invocation after another, so that a failed message cannot return during its own batch.
    poller: { maximumConcurrency: 1, ...options.poller },
    onLog(_name, line) {
      lines.push(line);
      const summary = summaryOf(line);
      if (summary) summaries.put(summary);
    },
    onBatch(batch) {
      const { records, failed } = batch;
      handedOut.push(...records.map(({ messageId: id }) => ({ id, acknowledged: !failed.has(id) })));
      receipts.record(batch);
      batches.put(batch);
    },
  });
  const queues = openQueues(stack);
  onTestFinished(async () => {
    queues.close();
    // Both at once, because the stop of the queue answers the open poll of the poller.
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
    handedOut: () => handedOut.map(({ id, acknowledged }) => ({ label: labelsById.get(id) ?? id, acknowledged })),
    watch: published.watch,
    async whereabouts() {
      const queued = [...receipts.open].map((id) => labelsById.get(id) ?? id);
      const count = await queues.count();
      if (count !== queued.length) throw new Error(`${queued.length} messages should be in the queue, not ${count}`);
      const received = await queues.deadLetters();
      const deadLetters = Object.fromEntries(received.map(([body, code]) => [labelsByBody.get(body) ?? body, code]));
      if (Object.keys(deadLetters).length < received.length) throw new Error("a message was dead-lettered twice");
      return { published: published.byChannel, queued, deadLetters };
    },
  };
}
