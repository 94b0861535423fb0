import { setTimeout as delay } from "node:timers/promises";
import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SoakMessage } from "../traffic/traffic.ts";
import type { Recorder } from "./recorder.ts";
import { MAX_BACKLOG } from "./settings.ts";

export interface ProducerDeps {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly fifo: boolean;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** SendMessageBatch takes ten messages at most. */
const MAX_SEND = 10;
const PRODUCERS = 4;
const BACKLOG_CHECK_MS = 50;

/** Sends everything, with several requests in flight. A group has one producer, so that its order of sending is known. */
export async function produce(messages: Iterable<SoakMessage>, deps: ProducerDeps): Promise<void> {
  const { recorder, fifo, signal } = deps;
  for (const round of inRounds(messages, PRODUCERS * MAX_SEND)) {
    while (recorder.messages.sent - recorder.messages.acknowledged > MAX_BACKLOG && !signal.aborted)
      await delay(BACKLOG_CHECK_MS);
    if (signal.aborted) return;
    // Before SQS has them, as the first may be published before the last is sent.
    for (const message of round) recorder.sent(message);
    const shares = Array.from({ length: PRODUCERS }, (): SoakMessage[] => []);
    for (const [index, message] of round.entries())
      shares[(fifo ? numberOf(message.group) : index) % PRODUCERS]?.push(message);
    await Promise.all(shares.map((share) => sendInOrder(share, deps)));
  }
}

async function sendInOrder(messages: readonly SoakMessage[], { sqs, queueUrl, fifo }: ProducerDeps): Promise<void> {
  for (let at = 0; at < messages.length; at += MAX_SEND) {
    const Entries = messages.slice(at, at + MAX_SEND).map(({ body, group }, index) => ({
      Id: String(index),
      MessageBody: body,
      // A copy is a message of its own, which the queue must not take for a producer's retry.
      ...(fifo && { MessageGroupId: safe(group), MessageDeduplicationId: crypto.randomUUID() }),
    }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`the queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
  }
}

/** A group's id takes no characters beyond ASCII (SendMessage API reference). */
const safe = (group: string): string => encodeURIComponent(group);

const numberOf = (group: string): number => [...group].reduce((sum, character) => sum + character.charCodeAt(0), 0);

function* inRounds<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let round: Item[] = [];
  for (const item of items) {
    round.push(item);
    if (round.length < size) continue;
    yield round;
    round = [];
  }
  if (round.length > 0) yield round;
}
