import { randomUUID } from "node:crypto";
import { type MessageAttributeValue, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type BatchObservation, PusherJs, type Stack, type StackOptions, startStack } from "@realtime-gateway/local";
import { onTestFinished } from "vitest";
import { waitForDeadLetter } from "../../packages/local/src/demo/queue-watch.ts";
import { buildFunctions } from "../../tools/build.ts";
import { startChecked } from "./contract-answers.ts";

/** Not a limit to test, only an end for a run that hangs. */
const PATIENCE_MS = 120_000;

export interface TestGateway extends Stack {
  /** Sends a message to the queue. Resolves with its id. */
  send(body: string, attributes?: Readonly<Record<string, MessageAttributeValue>>): Promise<string>;
  /** Resolves with the relay's answer for this message. */
  settled(messageId: string): Promise<"acknowledged" | "failed">;
  /** Resolves with the code of this body, once it is in the dead-letter queue. */
  deadLetterCode(body: string): Promise<string | undefined>;
  /** The log lines of the functions so far. */
  readonly logs: readonly string[];
}

/** The whole gateway with real parts on free ports. The caller stops it. */
export async function startGateway(
  env: Readonly<Record<string, string>> = {},
  options: Pick<StackOptions, "visibilityTimeoutSeconds" | "queue" | "holdMessages" | "onHint"> = {},
): Promise<TestGateway> {
  await buildFunctions();
  const logs: string[] = [];
  const outcomes = createOutcomes();
  const stack = await startChecked(startStack, {
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    env,
    ...options,
    onLog: (_name, line) => logs.push(line),
    onBatch: outcomes.record,
  });
  const { endpoint, region, credentials, queueUrl, deadLetterQueueUrl } = stack.queue;
  const sqs = new SQSClient({ endpoint, region, credentials: { ...credentials } });
  return {
    ...stack,
    logs,
    settled: outcomes.of,
    deadLetterCode: (body) => waitForDeadLetter(sqs, deadLetterQueueUrl, body, AbortSignal.timeout(PATIENCE_MS)),
    async send(body, attributes) {
      const { MessageId } = await sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          ...(attributes !== undefined && { MessageAttributes: { ...attributes } }),
        }),
      );
      if (MessageId === undefined) throw new Error("SQS gave the message no id");
      return MessageId;
    },
    async stop() {
      sqs.destroy();
      await stack.stop();
    },
  };
}

type RelayAnswer = "acknowledged" | "failed";

function createOutcomes() {
  const known = new Map<string, RelayAnswer>();
  const waiting = new Map<string, (outcome: RelayAnswer) => void>();
  return {
    record({ records, failed }: BatchObservation): void {
      for (const { messageId } of records) {
        const outcome = failed.has(messageId) ? "failed" : "acknowledged";
        known.set(messageId, outcome);
        waiting.get(messageId)?.(outcome);
      }
    },
    of(messageId: string): Promise<RelayAnswer> {
      const outcome = known.get(messageId);
      return outcome === undefined
        ? new Promise((resolve) => waiting.set(messageId, resolve))
        : Promise.resolve(outcome);
    },
  };
}

export interface Received {
  readonly event: string;
  readonly channel: string;
  readonly data: unknown;
}

export interface Listener {
  /** The next event, in order of arrival. */
  next(): Promise<Received>;
}

/** A real `pusher-js` client, subscribed to these channels through the real auth function. */
export async function listen(gateway: Stack, channels: readonly string[]): Promise<Listener> {
  const { key, client } = gateway.pusher;
  const endpoint = `${gateway.apiUrl}/auth`;
  const pusher = new PusherJs(key, { ...client, channelAuthorization: { transport: "ajax", endpoint } });
  onTestFinished(() => pusher.disconnect());
  const inbox = createInbox<Received>();
  await Promise.all(
    channels.map((name) => {
      const channel = pusher.subscribe(name);
      channel.bind_global((event: string, data: unknown) => {
        if (!event.startsWith("pusher")) inbox.put({ event, channel: name, data });
      });
      return new Promise((resolve, reject) => {
        channel.bind("pusher:subscription_succeeded", resolve);
        channel.bind("pusher:subscription_error", (error: unknown) => reject(new Error(JSON.stringify(error))));
      });
    }),
  );
  return { next: inbox.take };
}

/** A list of items that a test takes one after another, as soon as they arrive. */
export function createInbox<T>() {
  const items: T[] = [];
  const takers: ((item: T) => void)[] = [];
  return {
    put(item: T): void {
      const taker = takers.shift();
      if (taker) taker(item);
      else items.push(item);
    },
    take(): Promise<T> {
      const item = items.shift();
      return item === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(item);
    },
  };
}

export const cloudEvent = (type: string, data: unknown): string =>
  JSON.stringify({ specversion: "1.0", id: randomUUID(), source: "/tests", type, time: "2026-03-02T09:00:00Z", data });
