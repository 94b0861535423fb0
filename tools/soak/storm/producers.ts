import { setTimeout as delay } from "node:timers/promises";
import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { createDispatcher, type Dispatcher } from "../../../packages/producer/src/dispatcher.ts";
import type { OutgoingMessage } from "../../../packages/producer/src/prepare.ts";
import { sleep } from "../../../packages/producer/src/sleep.ts";
import type { AttemptFailure, AttemptOutcome, QueueTransport } from "../../../packages/producer/src/transport.ts";
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

const PRODUCERS = 4;
const ROUND = 200;
const PAUSE_MS = 50;
/** The soak's signal ends the sending, and no number of attempts. */
const RETRY = { maxAttempts: Number.POSITIVE_INFINITY, firstDelayMs: PAUSE_MS, maxDelayMs: PAUSE_MS };

/** Sends all messages with the producer's dispatcher: it fills the requests, keeps the order of each group, and sends again. */
export async function produce(messages: Iterable<SoakMessage>, deps: ProducerDeps): Promise<void> {
  const { recorder, fifo, signal } = deps;
  const transport = soakTransport(deps);
  const dispatcher = createDispatcher({
    transport,
    isFifo: fifo,
    concurrency: PRODUCERS,
    retry: RETRY,
    sleep,
    random: Math.random,
  });
  for (const round of inRounds(messages, ROUND)) {
    while (recorder.messages.sent - recorder.messages.acknowledged > MAX_BACKLOG && !signal.aborted)
      await delay(PAUSE_MS);
    if (signal.aborted) return;
    // Before the send: the relay may publish the first message before the producer sends the last.
    for (const message of round) recorder.sent(message);
    await Promise.all(round.map((message) => send(outgoing(message), dispatcher, signal)));
  }
}

/** Resolves when the queue has the message, or when the time is up. */
async function send(message: SoakOutgoing, dispatcher: Dispatcher, signal: AbortSignal): Promise<void> {
  const outcome = await new Promise<AttemptOutcome>((settle) => {
    dispatcher.add({ message, call: { signal }, settle });
  });
  if (!outcome.ok && outcome.code !== "aborted") throw new Error(`the queue rejected a message: ${outcome.detail}`);
}

interface SoakOutgoing extends OutgoingMessage {
  readonly soak: SoakMessage;
}

const isOfSoak = (message: OutgoingMessage): message is SoakOutgoing => "soak" in message;

/** The browser's view is for the answer to a service, and the soak needs none. */
const NO_VIEW = { bytes: 0, truncated: false } as const;

const outgoing = (soak: SoakMessage): SoakOutgoing => ({
  soak,
  name: soak.name,
  // A copy has a deduplication id of its own. A second request with the same message has the same id.
  id: crypto.randomUUID(),
  body: soak.body,
  bytes: Buffer.byteLength(soak.body) + bytesOf(soak.attributes),
  browser: NO_VIEW,
  attributes: {},
  group: safe(soak.group),
});

/** An upper bound. SQS counts names, types and values. */
const bytesOf = (attributes: SoakMessage["attributes"]): number => Buffer.byteLength(JSON.stringify(attributes));

/**
 * Makes the call with the AWS SDK, because the soak sends what the producer cannot: every envelope, broken bodies, and attributes that
 * are no text. Without an answer, the queue may have the messages.
 */
function soakTransport({ sqs, queueUrl, fifo, recorder }: ProducerDeps): QueueTransport {
  return async (messages) => {
    const ours = messages.filter(isOfSoak);
    const Entries = ours.map((message, index) => entryOf(message, index, fifo));
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries })).catch(() => undefined);
    if (answer === undefined && !fifo) for (const { soak } of ours) recorder.sentAgain(soak);
    if (answer === undefined) return ours.map(() => ({ ok: false, ...NO_ANSWER }));
    const failed = new Map(answer.Failed?.map(({ Id, SenderFault, Message = "" }) => [Id, { SenderFault, Message }]));
    return ours.map((_, index) => outcomeOf(failed.get(String(index))));
  };
}

const NO_ANSWER: AttemptFailure = { code: "unreachable", retryable: true, detail: "no answer" };

const outcomeOf = (
  failure: { readonly SenderFault: boolean | undefined; readonly Message: string } | undefined,
): AttemptOutcome =>
  failure === undefined
    ? { ok: true, messageId: "" }
    : { ok: false, code: "refused", retryable: failure.SenderFault !== true, detail: failure.Message };

const entryOf = ({ soak, id, body, group }: SoakOutgoing, index: number, fifo: boolean) => ({
  Id: String(index),
  MessageBody: body,
  MessageAttributes: Object.fromEntries(
    Object.entries(soak.attributes).map(([name, attribute]) => [name, { DataType: "String", ...attribute }]),
  ),
  MessageGroupId: group,
  ...(fifo && { MessageDeduplicationId: id }),
});

/** A group's id takes no characters beyond ASCII (SendMessage API reference). */
const safe = (group: string): string => encodeURIComponent(group);

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
