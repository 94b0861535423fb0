import type {
  ChannelState,
  EventExplanation,
  EventList,
  GatewayUrls,
  ListedDeadLetter,
  PublicationPreview,
  QueueState,
  StackFault,
} from "@realtime-gateway/local/control";
import { type PageAnswer, readAnswer } from "./answer.ts";

/** An event of the catalog, with all that a form needs. */
export interface ComposableEvent {
  readonly event: string;
  readonly channels: readonly { readonly pattern: string; readonly fields: readonly string[] }[];
  /** JSON Schema 2020-12. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly sample: Readonly<Record<string, unknown>>;
}

export interface StackEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly urls: GatewayUrls;
}

export interface DeadLetterPage {
  readonly total: number;
  readonly byCode: Readonly<Record<string, number>>;
  readonly deadLetters: readonly ListedDeadLetter[];
}

/** Selects dead letters to redrive or to drop. */
export interface DeadLetterChoice {
  readonly messageIds?: readonly string[];
  readonly code?: string;
  readonly all?: true;
  /** Redrive only, with exactly one message id. */
  readonly body?: string;
}

interface FaultList {
  readonly faults: readonly StackFault[];
}

/** One method for each operation of docs/contract/local.yaml that the page uses. None of them rejects. */
export type ControlApi = ReturnType<typeof createControlApi>;

const BASE = "/_realtime";
const JSON_HEADERS = { "content-type": "application/json" };

export function createControlApi(request: typeof fetch) {
  const get = <Value>(path: string): Promise<PageAnswer<Value>> => readAnswer(request(`${BASE}${path}`));
  const post = <Value>(path: string, body: string): Promise<PageAnswer<Value>> =>
    readAnswer(request(`${BASE}${path}`, { method: "POST", headers: JSON_HEADERS, body }));
  return {
    /** The keys of the events whose name, ids or message have this text. */
    async search(text: string): Promise<ReadonlySet<string>> {
      const answer = await get<EventList>(`/events?${new URLSearchParams({ text, limit: "1000" })}`);
      return new Set(answer.ok ? answer.value.events.map(({ key }) => key) : []);
    },
    explain: (id: string) =>
      get<{ readonly explanations: readonly EventExplanation[] }>(`/events/${encodeURIComponent(id)}`),
    /** `body` is the JSON text of one event, or of a list. */
    send: (body: string) => post<unknown>("/events", body),
    preview: (body: string) => post<PublicationPreview>("/preview", body),
    catalog: () => get<{ readonly events: readonly ComposableEvent[] }>("/catalog"),
    channels: () => get<{ readonly channels: readonly ChannelState[] }>("/channels"),
    queue: () => get<QueueState>("/queue"),
    deadLetters: (code?: string) =>
      get<DeadLetterPage>(`/dead-letters?limit=500${code ? `&code=${encodeURIComponent(code)}` : ""}`),
    redrive: (choice: DeadLetterChoice) =>
      post<{ readonly redriven: number }>("/dead-letters/redrive", JSON.stringify(choice)),
    drop: (choice: DeadLetterChoice) =>
      post<{ readonly dropped: number }>("/dead-letters/drop", JSON.stringify(choice)),
    faults: () => get<FaultList>("/faults"),
    addFault: (fault: StackFault) => post<FaultList>("/faults", JSON.stringify(fault)),
    clearFaults: (part?: StackFault["part"]): Promise<PageAnswer<FaultList>> =>
      readAnswer(request(`${BASE}/faults${part ? `?part=${part}` : ""}`, { method: "DELETE" })),
    environment: () => get<StackEnvironment>("/env"),
  };
}
