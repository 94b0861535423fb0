import type { SQSEvent, SQSRecord } from "aws-lambda";
import type { Handover } from "../lambda/function-instance.ts";
import type { StackFaults } from "./faults.ts";
import type { Journal } from "./journal.ts";
import type { RelayMemory } from "./relay-memory.ts";

export interface InvocationsDeps {
  readonly journal: Pick<Journal, "invoked" | "find">;
  readonly memory: Pick<RelayMemory, "beforeInvoke">;
  readonly faults: Pick<StackFaults, "invoke" | "list" | "clear">;
  /** Invokes the relay without faults. */
  invokeRelay(event: SQSEvent, handover: Handover): Promise<unknown>;
  killRelay(): Promise<void>;
  /** Deletes every message of the queues. */
  purge(): Promise<void>;
  readonly nowMs: () => number;
}

/** The invocations of the relay, between two resets. */
export interface Invocations {
  /** Passes a batch of the queue to the relay, as the faults allow. */
  invoke(event: SQSEvent): Promise<unknown>;
  /** Ends all faults, deletes all messages, and resolves once no invocation of before can publish. */
  end(): Promise<void>;
  /** Accepts the messages that SQS gets from now on. */
  begin(): void;
}

/** The relay's usual invocation takes a few milliseconds. A slower one is killed: a new relay costs more than this wait. */
const SETTLE_MS = 100;
/** A fault makes the relay retry for seconds. The next test must not wait for that. */
const SETTLE_WITH_FAULTS_MS = 10;

export function createInvocations(deps: InvocationsDeps): Invocations {
  const { journal, memory, faults, nowMs } = deps;
  const inFlight = new Set<Promise<unknown>>();
  let sinceMs = 0;
  let ending = new AbortController();

  async function settle(limitMs: number): Promise<void> {
    const late = Promise.withResolvers<"late">();
    const timer = setTimeout(() => late.resolve("late"), limitMs);
    const ended = await Promise.race([Promise.all(inFlight), late.promise]);
    clearTimeout(timer);
    if (ended === "late") await deps.killRelay();
    await Promise.all(inFlight);
  }

  return {
    async invoke(received) {
      // The poller may have received a message that a reset then deleted.
      const isOfNow = ({ attributes }: SQSRecord): boolean => Number(attributes.SentTimestamp) >= sinceMs;
      const event = { Records: received.Records.filter(isOfNow) };
      if (event.Records.length === 0) return undefined;
      const { signal } = ending;
      journal.invoked(event.Records);
      await memory.beforeInvoke(event.Records.flatMap(({ messageId }) => journal.find(messageId)?.reading.key ?? []));
      if (signal.aborted) return undefined;
      const ended = Promise.withResolvers<void>();
      // A relay that still starts has published nothing, so a reset need not end it.
      const onBegin = (): void => void inFlight.add(ended.promise);
      return await faults
        .invoke(() => deps.invokeRelay(event, { signal, onBegin }))
        .finally(() => {
          inFlight.delete(ended.promise);
          ended.resolve();
        });
    },
    async end() {
      const limitMs = faults.list().length > 0 ? SETTLE_WITH_FAULTS_MS : SETTLE_MS;
      // A message of this very millisecond is one of before.
      sinceMs = nowMs() + 1;
      faults.clear();
      ending.abort();
      ending = new AbortController();
      await deps.purge();
      if (inFlight.size === 0) return;
      await settle(limitMs);
      // An invocation that ended meanwhile may have dead-lettered a message.
      await deps.purge();
    },
    begin() {
      sinceMs = nowMs();
    },
  };
}
