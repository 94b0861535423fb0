import { setTimeout as delay } from "node:timers/promises";
import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SoakRecorder } from "../recorder.ts";
import type { SoakMessage } from "../traffic/traffic.ts";
import { MAX_BACKLOG } from "./settings.ts";

export interface ProducerDeps {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly fifo: boolean;
  readonly recorder: SoakRecorder;
  readonly signal: AbortSignal;
}

/** SendMessageBatch takes ten messages at most. */
const MAX_SEND = 10;
const PRODUCERS = 4;
const PAUSE_MS = 50;

/**
 * Sends all messages, with several requests in flight. A group has one producer, so its order of sending is fixed. It uses the AWS SDK
 * itself: the producer package writes plain CloudEvents only, and most messages here are other envelopes, broken bodies, payloads in an
 * odd spelling or binary attributes. Two senders would lose the order of a group.
 */
export async function produce(messages: Iterable<SoakMessage>, deps: ProducerDeps): Promise<void> {
  const { recorder, fifo, signal } = deps;
  for (const round of inRounds(messages, PRODUCERS * MAX_SEND)) {
    while (recorder.messages.sent - recorder.messages.acknowledged > MAX_BACKLOG && !signal.aborted)
      await delay(PAUSE_MS);
    if (signal.aborted) return;
    // Before the send: the relay may publish the first message before the producer sends the last.
    for (const message of round) recorder.sent(message);
    const shares = Array.from({ length: PRODUCERS }, (): SoakMessage[] => []);
    for (const [index, message] of round.entries())
      shares[(fifo ? numberOf(message.group) : index) % PRODUCERS]?.push(message);
    await Promise.all(shares.map((share) => sendInOrder(share, deps)));
  }
}

async function sendInOrder(messages: readonly SoakMessage[], deps: ProducerDeps): Promise<void> {
  for (let at = 0; at < messages.length; at += MAX_SEND) await sendBatch(messages.slice(at, at + MAX_SEND), deps);
}

/** Sends again until the queue has all messages. It may have those of a request without an answer. */
async function sendBatch(messages: readonly SoakMessage[], deps: ProducerDeps): Promise<void> {
  const { sqs, queueUrl, fifo, recorder, signal } = deps;
  let left = messages.map((message, index) => ({ message, entry: entryOf(message, index, fifo) }));
  while (left.length > 0 && !signal.aborted) {
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: left.map(({ entry }) => entry) });
    const answer = await sqs.send(command).catch(() => undefined);
    if (answer === undefined) {
      if (!fifo) for (const { message } of left) recorder.sentAgain(message);
      await delay(PAUSE_MS);
      continue;
    }
    const { Failed = [] } = answer;
    const wrong = Failed.find(({ SenderFault }) => SenderFault);
    if (wrong !== undefined) throw new Error(`the queue rejected a message: ${wrong.Message}`);
    left = left.filter(({ entry }) => Failed.some(({ Id }) => Id === entry.Id));
  }
}

const entryOf = ({ body, attributes, group }: SoakMessage, index: number, fifo: boolean) => ({
  Id: String(index),
  MessageBody: body,
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, { DataType: "String", ...attribute }]),
  ),
  // A copy has a deduplication id of its own. A second request with the same message has the same id.
  ...(fifo && { MessageGroupId: safe(group), MessageDeduplicationId: crypto.randomUUID() }),
});

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
