import type { ServerResponse } from "node:http";
import type { RelayRecord } from "@realtime-gateway/operations/explain";
import type { ChannelForm } from "@realtime-gateway/routing";
import type { RelaySettings } from "@realtime-gateway/settings";
import type { SQSEvent } from "aws-lambda";
import type { BatchObservation } from "../event-source/poller.ts";
import type { Hint } from "../hints/hint.ts";
import type { Queue } from "../sqs/queue.ts";
import type { PusherTarget } from "../stack/pusher-target.ts";
import { channelStates } from "./channel-states.ts";
import { createDeadLetters, type DeadLetters } from "./dead-letters.ts";
import { createEventStream } from "./event-stream.ts";
import { explain } from "./explanation.ts";
import { createFaults, type StackFaults } from "./faults.ts";
import { createFigures } from "./figures.ts";
import { createInvocations, type InvocationsDeps } from "./invocations.ts";
import { createJournal, type Journal } from "./journal.ts";
import { preview } from "./preview.ts";
import { readQueueState } from "./queue-contents.ts";
import { createRelayMemory } from "./relay-memory.ts";
import { type EventSearch, searchEvents } from "./search.ts";
import { timeoutText } from "./timeout-text.ts";
import type {
  Arrival,
  ArrivalMatch,
  ArrivalOptions,
  ChannelState,
  EventExplanation,
  GatewayEvent,
  GatewayFigures,
  GatewayUrls,
  PublicationPreview,
  QueueState,
} from "./types.ts";
import { DEFAULT_WAIT_MS, waitForArrival } from "./wait.ts";

export interface ControlDeps {
  readonly config: RelaySettings;
  readonly pusher: PusherTarget;
  readonly queue: Queue;
  readonly invokeRelay: InvocationsDeps["invokeRelay"];
  killRelay(): Promise<void>;
  restartRelay(): Promise<void>;
  env(): Readonly<Record<string, string>>;
  urls(): GatewayUrls;
  readonly nowMs: () => number;
}

/** Everything that the control API, `startGateway` and the commands show and change. */
export interface Control {
  readonly form: ChannelForm;
  readonly journal: Journal;
  readonly deadLetters: DeadLetters;
  readonly faults: StackFaults;
  /** The number of the newest change. */
  readonly seq: number;
  search(search: EventSearch): readonly GatewayEvent[];
  /** The explanation of each message with this id, oldest first. It is the event's, the message's, or the name of a channel. */
  explain(id: string): readonly EventExplanation[];
  preview(
    body: string,
  ): PublicationPreview | { readonly code: string; readonly detail: string; readonly event?: string };
  /** Resolves with the first event that matches. `detail` states what happened instead. Rejects when the stack closes. */
  wait(
    match: ArrivalMatch,
    options?: ArrivalOptions,
  ): Promise<{ readonly arrival: Arrival } | { readonly detail: string }>;
  openStream(outgoing: ServerResponse, since: number): void;
  channels(): readonly ChannelState[];
  queue(): Promise<QueueState>;
  figures(): GatewayFigures;
  env(): Readonly<Record<string, string>>;
  urls(): GatewayUrls;
  /** Empties the queues, forgets all events, and ends all faults. Subscriptions remain. */
  reset(): Promise<void>;
  /** Passes a batch of the queue to the relay, as the faults allow. */
  invoke(event: SQSEvent): Promise<unknown>;
  settled(batch: BatchObservation): void;
  /** A log record of the relay. */
  logged(record: RelayRecord): void;
  hint(hint: Hint): void;
  close(): void;
}

/** The hints of a session of work. */
const MAX_HINTS = 200;

export function createControl(deps: ControlDeps): Control {
  const { config, pusher, queue, nowMs } = deps;
  const { server } = pusher;
  const journal = createJournal({ config, nowMs, listenersOf: server && ((channel) => server.listenersOf(channel)) });
  const figures = createFigures(journal, nowMs);
  const stream = createEventStream(journal, figures);
  const deadLetters = createDeadLetters(queue);
  const faults = createFaults({ pusher: server?.faults, killRelay: deps.killRelay });
  const memory = createRelayMemory(deps.restartRelay);
  const stopObserving = server?.onPublish(journal.published);
  const invocations = createInvocations({ ...deps, journal, memory, faults, purge: queue.purge });
  const closing = new AbortController();
  let hints: Hint[] = [];

  async function timeoutDetail(match: ArrivalMatch, timeoutMs: number): Promise<string> {
    const { waiting } = await readQueueState(queue, nowMs());
    return timeoutText(match, timeoutMs, {
      entries: journal.entries,
      form: config.form,
      unreceived: waiting,
      denials: hints.filter(({ code }) => code === "subscription_denied"),
      otherApps: otherAppsIn(server?.requests.entries ?? [], pusher.appId),
      appId: pusher.appId,
    });
  }

  return {
    form: config.form,
    journal,
    deadLetters,
    faults,
    get seq() {
      return journal.seq;
    },
    search: (search) => searchEvents(journal.entries, search),
    explain: (id) => explain(journal, id, config.maxPayloadBytes),
    preview: (body) => preview(body, config),
    async wait(match, options = {}) {
      const signal = AbortSignal.any([closing.signal, ...(options.signal === undefined ? [] : [options.signal])]);
      const arrival = await waitForArrival(journal, match, { ...options, signal });
      if (arrival !== undefined) return { arrival };
      return { detail: await timeoutDetail(match, options.timeoutMs ?? DEFAULT_WAIT_MS) };
    },
    openStream: stream.open,
    channels: () => channelStates(server?.channels(), journal.entries),
    queue: () => readQueueState(queue, nowMs()),
    figures: figures.read,
    env: deps.env,
    urls: deps.urls,
    async reset() {
      await invocations.end();
      memory.reset();
      await server?.reset();
      hints = [];
      journal.clear();
      invocations.begin();
    },
    invoke: invocations.invoke,
    settled: journal.settled,
    logged(record) {
      journal.logged(record);
      figures.logged(record);
    },
    hint(hint) {
      hints = [...hints, hint].slice(-MAX_HINTS);
      stream.hint(hint);
    },
    close() {
      closing.abort(new Error("The gateway was closed"));
      faults.clear();
      stopObserving?.();
      stream.close();
      deadLetters.close();
    },
  };
}

/** The ids of other apps that somebody published to. */
function otherAppsIn(requests: readonly { readonly path: string }[], appId: string): readonly string[] {
  const ids = requests.flatMap(({ path }) => /^\/apps\/([^/]+)\/(?:batch_)?events$/.exec(path)?.[1] ?? []);
  return [...new Set(ids)].filter((id) => id !== appId);
}
