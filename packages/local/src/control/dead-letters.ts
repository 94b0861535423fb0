import { readDeadLetter, type SqsAttributes } from "@realtime-gateway/dead-letter";
import { copyOf, createDeadLetterQueue, createMainQueue, type DeadLetter, UNKNOWN } from "@realtime-gateway/operations";
import { createSqsClient } from "../sqs/client.ts";
import type { Queue } from "../sqs/queue.ts";
import type { QueuedMessage } from "../sqs/queue-view.ts";
import { matchesPattern } from "./name-pattern.ts";
import type { DeadLetterFilter, ListedDeadLetter } from "./types.ts";

export interface DeadLetters {
  /** The newest first. */
  list(filter?: DeadLetterFilter): Promise<readonly ListedDeadLetter[]>;
  /** Sends them to the queue again. `body` replaces the original one. Resolves with the ids of those that were sent. */
  redrive(filter: DeadLetterFilter, body?: string): Promise<readonly string[]>;
  /** Deletes them. Resolves with the number. */
  drop(filter: DeadLetterFilter): Promise<number>;
  close(): void;
}

type Change = (deadLetters: readonly DeadLetter[]) => Promise<readonly DeadLetter[]>;

/** Enough for every queue of a developer's machine. */
const MAX_RECEIVES = 1_000;

export function createDeadLetters(queue: Queue): DeadLetters {
  const sqs = createSqsClient(queue);
  const deadLetterQueue = createDeadLetterQueue(sqs, queue.deadLetterQueueUrl);
  const mainQueue = createMainQueue(sqs, queue.queueUrl);

  async function list(filter: DeadLetterFilter = {}): Promise<readonly ListedDeadLetter[]> {
    const messages = await queue.look(queue.deadLetterQueueUrl);
    return messages
      .map(listed)
      .filter((each) => matches(filter, each))
      .sort((a, b) => b.failedAtMs - a.failedAtMs);
  }

  /** Applies the change to the selected messages, deletes those that it returns, and releases all others. */
  async function change(filter: DeadLetterFilter, apply: Change): Promise<readonly string[]> {
    const wanted = new Set((await list(filter)).map(({ messageId }) => messageId));
    const others: DeadLetter[] = [];
    const changed: string[] = [];
    for (let receives = 0; wanted.size > 0 && receives < MAX_RECEIVES; receives += 1) {
      const received = await deadLetterQueue.receive();
      if (received.length === 0) break;
      const selected = received.filter(({ id }) => wanted.delete(id));
      const done = selected.length === 0 ? [] : await apply(selected);
      if (done.length > 0) await deadLetterQueue.remove(done);
      changed.push(...done.map(({ id }) => id));
      others.push(...received.filter((each) => !done.includes(each)));
    }
    for (let start = 0; start < others.length; start += 10)
      await deadLetterQueue.release(others.slice(start, start + 10));
    return changed;
  }

  let previous: Promise<unknown> = Promise.resolve();
  /** A change hides the messages that it receives, so that one beside it would not find its own. */
  function inTurn(filter: DeadLetterFilter, apply: Change): Promise<readonly string[]> {
    const turn = previous.then(() => change(filter, apply));
    previous = turn.catch(() => undefined);
    return turn;
  }

  async function send(deadLetters: readonly DeadLetter[], body: string | undefined): Promise<readonly DeadLetter[]> {
    const sent: DeadLetter[] = [];
    // One request for each: together they may be larger than a request may be.
    for (const deadLetter of deadLetters) {
      const copy = copyOf({ ...deadLetter, ...(body !== undefined && { body }) }, deadLetterQueue.fifo);
      const failures = await mainQueue.send([copy]);
      if (failures.length === 0) sent.push(deadLetter);
    }
    return sent;
  }

  return {
    list,
    redrive: (filter, body) => inTurn(filter, (selected) => send(selected, body)),
    drop: async (filter) => (await inTurn(filter, async (selected) => selected)).length,
    close: () => sqs.destroy(),
  };
}

function matches({ messageIds, code, event }: DeadLetterFilter, deadLetter: ListedDeadLetter): boolean {
  return (
    (messageIds === undefined || messageIds.includes(deadLetter.messageId)) &&
    (code === undefined || code === deadLetter.code) &&
    (event === undefined || matchesPattern(event, deadLetter.event ?? ""))
  );
}

function listed({
  messageId,
  body,
  messageAttributes,
  sentTimestamp,
  messageGroupId,
}: QueuedMessage): ListedDeadLetter {
  const { reason, attributes } = readDeadLetter(sqsAttributes(messageAttributes), { movedBySqs: false });
  const { code = UNKNOWN, detail, event, failedAtMs = sentTimestamp, receiveCount } = reason ?? {};
  // A message that SQS moved itself keeps its id.
  const originalMessageId = reason === undefined ? messageId : reason.messageId;
  return {
    messageId,
    ...(originalMessageId !== undefined && { originalMessageId }),
    code,
    ...(detail !== undefined && { detail }),
    ...(event !== undefined && { event }),
    failedAtMs,
    ...(receiveCount !== undefined && { receiveCount }),
    ...(messageGroupId !== undefined && { groupId: messageGroupId }),
    body,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { StringValue, BinaryValue = [] }]) => [
        name,
        StringValue ?? Buffer.from(BinaryValue).toString("base64"),
      ]),
    ),
  };
}

/** The emulator holds binary values in base64. */
const sqsAttributes = (attributes: QueuedMessage["messageAttributes"]): SqsAttributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { BinaryValue, ...attribute }]) => [
      name,
      BinaryValue === undefined ? attribute : { ...attribute, BinaryValue: Buffer.from(BinaryValue, "base64") },
    ]),
  );
