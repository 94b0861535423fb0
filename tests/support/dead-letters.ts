import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { DeadLetter } from "../../packages/operations/src/dead-letter.ts";
import type { DeadLetterQueue, MainQueue, Refusal } from "../../packages/operations/src/queues.ts";
import type { RedrivenCopy } from "../../packages/operations/src/redriven-copy.ts";

export const string = (StringValue: string): MessageAttributeValue => ({ DataType: "String", StringValue });

export const FAILED_AT = "2026-01-02T03:04:05.000Z";

/** The attributes that the relay writes. */
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

type Refuse = (id: string) => Omit<Refusal, "index"> | undefined;

export const passing = { reason: "InternalError", passing: true };
export const final = { reason: "InvalidMessageContents", passing: false };

/** Refuses each of these ids once, or always. */
export function refusing(
  ids: readonly string[],
  refusal: Omit<Refusal, "index">,
  times = Number.POSITIVE_INFINITY,
): Refuse {
  const left = new Map(ids.map((id) => [id, times]));
  return (id) => {
    const count = left.get(id) ?? 0;
    left.set(id, count - 1);
    return count > 0 ? refusal : undefined;
  };
}

export interface FakeQueueOptions {
  readonly letters: readonly DeadLetter[];
  readonly fifo?: boolean;
  /** At most ten, as SQS has it. */
  readonly perReceive?: number;
  readonly refuseSend?: Refuse;
  readonly refuseRemove?: Refuse;
}

/** Both queues in memory. `calls` has what was asked of them, in order; a copy is known by its body. */
export function createFakeQueues(options: FakeQueueOptions) {
  const { fifo = false, perReceive = 10 } = options;
  let visible = [...options.letters];
  const hidden = new Map<string, DeadLetter>();
  const calls: string[] = [];
  const sent: RedrivenCopy[] = [];
  const refusals = (ids: readonly string[], refuse: Refuse = () => undefined): readonly Refusal[] =>
    ids.flatMap((id, index) => {
      const refusal = refuse(id);
      return refusal ? [{ index, ...refusal }] : [];
    });
  const accepted = <T>(entries: readonly T[], refused: readonly Refusal[]) =>
    entries.filter((_, index) => !refused.some((refusal) => refusal.index === index));

  const queue: DeadLetterQueue = {
    fifo,
    async receive() {
      const batch = visible.slice(0, perReceive);
      visible = visible.slice(perReceive);
      for (const letter of batch) hidden.set(letter.receiptHandle, letter);
      return batch;
    },
    async remove(receipts) {
      calls.push(`remove ${receipts.map(({ id }) => id)}`);
      const refused = refusals(
        receipts.map(({ id }) => id),
        options.refuseRemove,
      );
      for (const { receiptHandle } of accepted(receipts, refused)) hidden.delete(receiptHandle);
      return refused;
    },
    async release(receipts) {
      for (const { receiptHandle } of receipts) {
        const letter = hidden.get(receiptHandle);
        if (letter && hidden.delete(receiptHandle)) visible.push(letter);
      }
      return [];
    },
    count: async () => visible.length,
  };
  const main: MainQueue = {
    async send(copies) {
      const ids = copies.map(({ body }) => body.replace("body of ", ""));
      calls.push(`send ${ids}`);
      const refused = refusals(ids, options.refuseSend);
      sent.push(...accepted(copies, refused));
      return refused;
    },
  };
  const left = () => [...visible, ...hidden.values()].map(({ id }) => id).sort();
  return { queue, main, calls, sent, left, isHidden: () => hidden.size > 0 };
}
