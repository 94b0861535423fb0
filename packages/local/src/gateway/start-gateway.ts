import { type CatalogEvents, createProducer, type SendReceipt } from "@realtime-gateway/producer";
import type { StackFaults } from "../control/faults.ts";
import type {
  Arrival,
  ArrivalMatch,
  ArrivalOptions,
  DeadLetterFilter,
  EventExplanation,
  GatewayUrls,
  ListedDeadLetter,
} from "../control/types.ts";
import { createSqsClient } from "../sqs/client.ts";
import { startStack } from "../stack/stack.ts";
import { checkDeadLetterFilter, checkWait } from "./check-call.ts";
import { EventNotArrivedError } from "./event-not-arrived-error.ts";
import { type GatewayOptions, settingsFor } from "./gateway-options.ts";

/** The whole gateway on this machine, for tests. It shares nothing with other gateways. */
export interface Gateway extends AsyncDisposable {
  /** For the service under test, the client and the producer. */
  readonly env: Readonly<Record<string, string>>;
  readonly urls: GatewayUrls;
  /** Sends an event of the catalog. Throws a `ProducerError` if the event is not in the queue. */
  send<Name extends keyof CatalogEvents & string>(name: Name, data: CatalogEvents[Name]): Promise<SendReceipt>;
  /**
   * The first event that matches, also one from before the call. It resolves once the relay is done with the event, so that `explain`
   * has the result. Throws an `EventNotArrivedError` at the timeout, and an Error when the gateway closes.
   */
  waitFor(match: ArrivalMatch, options?: ArrivalOptions): Promise<Arrival>;
  /** Explains the newest message with this id: the event's, the message's, or the name of a channel. `undefined`: this gateway has no such message. */
  explain(id: string): EventExplanation | undefined;
  deadLetters(filter?: DeadLetterFilter): Promise<readonly ListedDeadLetter[]>;
  readonly faults: Pick<StackFaults, "add" | "clear" | "list">;
  /** Empties the queues, forgets all events, and ends all faults. Subscriptions remain. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the whole gateway on free ports. Rejects with a `StartError`, or with a `ConfigError` for wrong settings. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const { fifo, faults = [], visibilityTimeoutSeconds, onLog } = options;
  const stack = await startStack({
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    env: settingsFor(options),
    ...(fifo !== undefined && { queue: { fifo } }),
    ...(visibilityTimeoutSeconds !== undefined && { visibilityTimeoutSeconds }),
    ...(onLog !== undefined && { onLog }),
  });
  const { control, queue } = stack;
  try {
    for (const fault of faults) control.faults.add(fault);
  } catch (error) {
    await stack.stop();
    throw error;
  }
  const client = createSqsClient(queue);
  const producer = createProducer({ queueUrl: queue.queueUrl, source: "/tests", client });
  async function close(): Promise<void> {
    client.destroy();
    await stack.stop();
  }
  return {
    env: control.env(),
    urls: control.urls(),
    send: (name, data) => producer.send(name, data),
    async waitFor(match, waitOptions) {
      checkWait(match, waitOptions);
      const waited = await control.wait(match, waitOptions);
      if ("detail" in waited) throw new EventNotArrivedError(waited.detail);
      return waited.arrival;
    },
    explain: (id) => control.explain(id).at(-1),
    async deadLetters(filter) {
      checkDeadLetterFilter(filter);
      return await control.deadLetters.list(filter);
    },
    faults: control.faults,
    reset: control.reset,
    close,
    [Symbol.asyncDispose]: close,
  };
}
