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
import { readStartSettings } from "../stack/start-settings.ts";
import { checkDeadLetterFilter, checkWait } from "./check-call.ts";
import { EventNotArrivedError } from "./event-not-arrived-error.ts";
import { type GatewayOptions, settingsFor } from "./gateway-options.ts";

/** The whole gateway on this machine, for tests. It shares nothing with other gateways. After `close`, each other method throws. */
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
  const env = settingsFor(options);
  // The functions would find a fault later, and not name a misspelt variable.
  readStartSettings(env, undefined);
  const stack = await startStack({
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    env,
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
  let isClosed = false;
  /** Closed parts of the stack fail in words of their own, also in the middle of a call. */
  function throwIfClosed(): void {
    if (isClosed) throw new Error("The gateway was closed");
  }
  async function whileOpen<T>(call: () => Promise<T>): Promise<T> {
    throwIfClosed();
    try {
      return await call();
    } catch (error) {
      throwIfClosed();
      throw error;
    }
  }
  async function close(): Promise<void> {
    isClosed = true;
    client.destroy();
    await stack.stop();
  }
  return {
    env: control.env(),
    urls: control.urls(),
    send: (name, data) => whileOpen(() => producer.send(name, data)),
    waitFor: (match, waitOptions) =>
      whileOpen(async () => {
        checkWait(match, waitOptions);
        const waited = await control.wait(match, waitOptions);
        if ("detail" in waited) throw new EventNotArrivedError(waited.detail);
        return waited.arrival;
      }),
    explain(id) {
      throwIfClosed();
      return control.explain(id).at(-1);
    },
    deadLetters: (filter) =>
      whileOpen(async () => {
        checkDeadLetterFilter(filter);
        return await control.deadLetters.list(filter);
      }),
    faults: {
      add(fault) {
        throwIfClosed();
        control.faults.add(fault);
      },
      clear(part) {
        throwIfClosed();
        control.faults.clear(part);
      },
      list() {
        throwIfClosed();
        return control.faults.list();
      },
    },
    reset: () => whileOpen(control.reset),
    close,
    [Symbol.asyncDispose]: close,
  };
}
