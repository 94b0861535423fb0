import { randomUUID } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type BatchObservation, PusherJs, type Stack, startStack } from "@realtime-gateway/local";
import { onTestFinished } from "vitest";
import { waitForDeadLetter } from "../../packages/local/src/demo/queue-watch.ts";
import { buildFunctions } from "../../tools/build.ts";

export interface Gateway extends Stack {
  /** Sends a message to the queue; resolves with its id. */
  send(body: string): Promise<string>;
  /** Resolves with the relay's answer to a batch that this message was in. */
  settled(messageId: string): Promise<"acknowledged" | "failed">;
  /** Waits for this body in the dead-letter queue; resolves with the code beside it. */
  deadLetterCode(body: string): Promise<string | undefined>;
  /** What the functions have logged so far. */
  readonly logs: readonly string[];
}

/** The whole gateway with real parts on free ports; the caller stops it. */
export async function startGateway(env: Readonly<Record<string, string>> = {}): Promise<Gateway> {
  await buildFunctions();
  const logs: string[] = [];
  const outcomes = createOutcomes();
  const stack = await startStack({
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    env,
    visibilityTimeoutSeconds: 1,
    onLog: (_name, line) => logs.push(line),
    onBatch: outcomes.record,
  });
  const { endpoint, region, credentials, queueUrl, deadLetterQueueUrl } = stack.queue;
  const sqs = new SQSClient({ endpoint, region, credentials: { ...credentials } });
  return {
    ...stack,
    logs,
    settled: outcomes.of,
    deadLetterCode: (body) => waitForDeadLetter(sqs, deadLetterQueueUrl, body, AbortSignal.timeout(30_000)),
    async send(body) {
      const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
      if (MessageId === undefined) throw new Error("SQS gave the message no id");
      return MessageId;
    },
    async stop() {
      sqs.destroy();
      await stack.stop();
    },
  };
}

type Outcome = "acknowledged" | "failed";

function createOutcomes() {
  const known = new Map<string, Outcome>();
  const waiting = new Map<string, (outcome: Outcome) => void>();
  return {
    record({ records, failed }: BatchObservation): void {
      for (const { messageId } of records) {
        const outcome = failed.has(messageId) ? "failed" : "acknowledged";
        known.set(messageId, outcome);
        waiting.get(messageId)?.(outcome);
      }
    },
    of(messageId: string): Promise<Outcome> {
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
  /** The next event that has not been taken yet, in order of arrival. */
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

/** Things that come one after another, for a test that waits for the next. */
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
