import { assembleProducer, messageSettings } from "../../packages/producer/src/create-producer.ts";
import { createDispatcher } from "../../packages/producer/src/dispatcher.ts";
import type { EventOptions } from "../../packages/producer/src/options.ts";
import type { OutgoingMessage } from "../../packages/producer/src/prepare.ts";
import { DEFAULT_RETRY } from "../../packages/producer/src/retry.ts";
import type { AttemptOutcome } from "../../packages/producer/src/transport.ts";

type Fate = AttemptOutcome & { readonly isInQueue: boolean };

const failed = (code: "throttled" | "unreachable" | "refused", isFatal: boolean, isInQueue = false): Fate => ({
  ok: false,
  code,
  retryable: code !== "refused",
  isFatal,
  isInQueue,
  detail: code,
});

/** What SQS may do with a message of a request. Of `lost`, it takes the message and the answer does not arrive. */
export const FATES = {
  taken: { ok: true, messageId: "m", isInQueue: true },
  throttled: failed("throttled", false),
  refused: failed("refused", false),
  lost: failed("unreachable", true, true),
  down: failed("unreachable", true),
} as const satisfies Record<string, Fate>;
export type FateName = keyof typeof FATES;

export interface WorldOptions extends EventOptions<Readonly<Record<string, unknown>>> {
  readonly isFifo?: boolean;
  readonly concurrency?: number;
  readonly maxAttempts?: number;
  /** Called before each answer. */
  readonly onRequest?: (messages: readonly OutgoingMessage[], call: number) => Promise<void> | void;
}

/** A producer with a queue in memory. `fateOf` decides about each message of each request. Pauses take no time. */
export function producerWorld(fateOf: (id: string, call: number) => FateName, options: WorldOptions = {}) {
  const { isFifo = false, concurrency = 3, maxAttempts = 3, onRequest } = options;
  /** The ids in the queue. A FIFO queue has none twice. */
  const queue: string[] = [];
  const requests: (readonly OutgoingMessage[])[] = [];
  const pauses: number[] = [];
  let ids = 0;
  const dispatcher = createDispatcher({
    transport: async (messages) => {
      requests.push(messages);
      const call = requests.length;
      await onRequest?.(messages, call);
      return messages.map(({ id }) => {
        const { isInQueue, ...outcome } = FATES[fateOf(id, call)];
        if (isInQueue && !(isFifo && queue.includes(id))) queue.push(id);
        return outcome;
      });
    },
    isFifo,
    concurrency,
    retry: { ...DEFAULT_RETRY, maxAttempts },
    sleep: async (ms) => {
      pauses.push(ms);
    },
    random: () => 1,
  });
  const effects = {
    now: () => new Date("2026-03-02T09:00:00Z"),
    newId: () => {
      ids += 1;
      return String(ids - 1);
    },
  };
  const settings = messageSettings({ source: "/test", ...options }, isFifo, effects);
  return { realtime: assembleProducer(settings, dispatcher, concurrency), queue, requests, pauses };
}
