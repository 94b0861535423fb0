import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { DeadLetter } from "../../packages/operations/src/dead-letter.ts";
import type { DeadLetterQueue, EntryFailure, MainQueue } from "../../packages/operations/src/queues.ts";
import type { RedrivenCopy } from "../../packages/operations/src/redriven-copy.ts";

export const string = (StringValue: string): MessageAttributeValue => ({ DataType: "String", StringValue });

export const FAILED_AT = "2026-01-02T03:04:05.000Z";

/** The attributes of the former format of a dead letter. */
export const reason = (code = "invalid_event", event = "audit.progress"): Record<string, MessageAttributeValue> => ({
  code: string(code),
  detail: string("audit_id: missing"),
  event: string(event),
  failed_at: string(FAILED_AT),
  receive_count: string("2"),
});

export const sqsMessage = (changes: Partial<Message> = {}): Message => ({
  MessageId: "a",
  ReceiptHandle: "receipt-of-a",
  Body: "{}",
  Attributes: { SentTimestamp: "1000" },
  ...changes,
});

export const deadLetterOf = (id: string, changes: Partial<DeadLetter> = {}): DeadLetter => ({
  id,
  receiptHandle: `receipt-of-${id}`,
  body: `body of ${id}`,
  attributes: {},
  sentAtMs: 0,
  ...changes,
});

export const failedWith = (code: string, event = "audit.progress"): Pick<DeadLetter, "failure"> => ({
  failure: { code, event, detail: "", failedAtMs: 0, receiveCount: 1 },
});

type FailureOf = (id: string) => Omit<EntryFailure, "index"> | undefined;

export const retryable = { reason: "InternalError", retryable: true };
export const final = { reason: "InvalidMessageContents", retryable: false };

/** Lets each of these ids fail so many times, by default always. */
export function failing(
  ids: readonly string[],
  failure: Omit<EntryFailure, "index">,
  times = Number.POSITIVE_INFINITY,
): FailureOf {
  const left = new Map(ids.map((id) => [id, times]));
  return (id) => {
    const count = left.get(id) ?? 0;
    left.set(id, count - 1);
    return count > 0 ? failure : undefined;
  };
}

export interface FakeQueueOptions {
  readonly deadLetters: readonly DeadLetter[];
  readonly fifo?: boolean;
  /** At most ten, as in SQS. */
  readonly perReceive?: number;
  readonly failSend?: FailureOf;
  readonly failRemove?: FailureOf;
}

/** Both queues in memory. `calls` lists the calls in order; a copy is identified by its body. */
export function createFakeQueues(options: FakeQueueOptions) {
  const { fifo = false, perReceive = 10 } = options;
  let visible = [...options.deadLetters];
  const hidden = new Map<string, DeadLetter>();
  const calls: string[] = [];
  const sent: RedrivenCopy[] = [];
  const failuresOf = (ids: readonly string[], failureOf: FailureOf = () => undefined): readonly EntryFailure[] =>
    ids.flatMap((id, index) => {
      const failure = failureOf(id);
      return failure ? [{ index, ...failure }] : [];
    });
  const accepted = <T>(entries: readonly T[], failures: readonly EntryFailure[]) =>
    entries.filter((_, index) => !failures.some((failure) => failure.index === index));

  const queue: DeadLetterQueue = {
    fifo,
    async receive() {
      const batch = visible.slice(0, perReceive);
      visible = visible.slice(perReceive);
      for (const deadLetter of batch) hidden.set(deadLetter.receiptHandle, deadLetter);
      return batch;
    },
    async remove(receipts) {
      calls.push(`remove ${receipts.map(({ id }) => id)}`);
      const failures = failuresOf(
        receipts.map(({ id }) => id),
        options.failRemove,
      );
      for (const { receiptHandle } of accepted(receipts, failures)) hidden.delete(receiptHandle);
      return failures;
    },
    async release(receipts) {
      for (const { receiptHandle } of receipts) {
        const deadLetter = hidden.get(receiptHandle);
        if (deadLetter && hidden.delete(receiptHandle)) visible.push(deadLetter);
      }
      return [];
    },
    count: async () => visible.length,
  };
  const main: MainQueue = {
    async send(copies) {
      const ids = copies.map(({ body }) => body.replace("body of ", ""));
      calls.push(`send ${ids}`);
      const failures = failuresOf(ids, options.failSend);
      sent.push(...accepted(copies, failures));
      return failures;
    },
  };
  const left = () => [...visible, ...hidden.values()].map(({ id }) => id).sort();
  return { queue, main, calls, sent, left, isHidden: () => hidden.size > 0 };
}
