import { randomUUID } from "node:crypto";
import type { CatalogEvents, SendReceipt } from "@realtime-gateway/producer";
import type {
  AnyStackFault,
  Arrival,
  ArrivalMatch,
  ArrivalOptions,
  DeadLetterFilter,
  EventExplanation,
  GatewayUrls,
  ListedDeadLetter,
  StackFault,
} from "../control/types.ts";
import { createControlClient } from "./control-client.ts";
import { EventNotArrivedError } from "./event-not-arrived-error.ts";

/** A gateway in another process. Each method throws an Error if the gateway cannot be reached, or does not accept the call. */
export interface ConnectedGateway {
  /** For the service under test, the client and the producer. */
  readonly env: Readonly<Record<string, string>>;
  readonly urls: GatewayUrls;
  /** Sends an event of the catalog. Throws an Error if the event is not in the queue. */
  send<Name extends keyof CatalogEvents & string>(
    name: Name,
    data: CatalogEvents[Name],
  ): Promise<Pick<SendReceipt, "id" | "messageId">>;
  /** The first event that matches, also one from before the call. Throws an `EventNotArrivedError` at the timeout. */
  waitFor(match: ArrivalMatch, options?: ArrivalOptions): Promise<Arrival>;
  /** Explains the newest message with this id: the event's, the message's, or the name of a channel. */
  explain(id: string): Promise<EventExplanation | undefined>;
  deadLetters(filter?: Pick<DeadLetterFilter, "code" | "event">): Promise<readonly ListedDeadLetter[]>;
  readonly faults: {
    add(fault: AnyStackFault): Promise<void>;
    clear(part?: StackFault["part"]): Promise<void>;
    list(): Promise<readonly StackFault[]>;
  };
  /** Empties the queues, forgets all events, and ends all faults. Subscriptions remain. */
  reset(): Promise<void>;
}

interface Explanations {
  readonly explanations: readonly EventExplanation[];
}

/** Connects to the gateway at this address, which is `LOCAL_GATEWAY_URL` of its environment. */
export async function connectGateway(url: string): Promise<ConnectedGateway> {
  const { call, callOrStatus } = createControlClient(url);
  const faultsOf = ({ faults }: { readonly faults: readonly StackFault[] }): readonly StackFault[] => faults;
  const { env, urls } = await call<Pick<ConnectedGateway, "env" | "urls">>("GET", "env");
  return {
    env,
    urls,
    async send(type, data) {
      const id = randomUUID();
      const event = { specversion: "1.0", id, source: "/tests", time: new Date().toISOString(), type, data };
      const { message_id: messageId } = await call<{ readonly message_id: string }>("POST", "events", event);
      return { id, messageId };
    },
    async waitFor(match, { signal, ...options } = {}) {
      const answer = await callOrStatus<Arrival>("POST", "wait", { ...match, ...options }, signal);
      if ("value" in answer) return answer.value;
      throw answer.status === 408 ? new EventNotArrivedError(answer.detail) : new Error(answer.detail);
    },
    async explain(id) {
      const answer = await callOrStatus<Explanations>("GET", `events/${encodeURIComponent(id)}`);
      if ("value" in answer) return answer.value.explanations.at(-1);
      if (answer.status === 404) return undefined;
      throw new Error(answer.detail);
    },
    async deadLetters(filter = {}) {
      const query = new URLSearchParams({ ...filter, limit: "1000" });
      return (await call<{ readonly deadLetters: readonly ListedDeadLetter[] }>("GET", `dead-letters?${query}`))
        .deadLetters;
    },
    faults: {
      add: async (fault) => void (await call("POST", "faults", fault)),
      clear: async (part) => void (await call("DELETE", part === undefined ? "faults" : `faults?part=${part}`)),
      list: async () => faultsOf(await call("GET", "faults")),
    },
    reset: async () => void (await call("POST", "reset")),
  };
}
