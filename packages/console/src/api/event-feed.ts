import type { EventList, GatewayEvent, GatewayFigures } from "@realtime-gateway/local/control";

/** Advice of the stack about something that works and yet will not do what its user expects. */
export interface FeedHint {
  readonly code: string;
  readonly detail: string;
  readonly channel?: string;
}

export type FeedStatus = "connecting" | "live" | "lost";

export interface FeedListener {
  /** Called once per animation frame at most, with the newest state of each changed event. */
  changed(events: readonly GatewayEvent[]): void;
  figures(figures: GatewayFigures): void;
  hint(hint: FeedHint): void;
  reset(): void;
  status(status: FeedStatus): void;
}

/** Hidden pages have no animation frames. Without this, their events would pile up. */
const HIDDEN_MS = 500;

/** Follows the stream of the stack. The browser connects again by itself and continues with `Last-Event-ID`. */
export function followEvents(url: string, listener: FeedListener): () => void {
  const source = new EventSource(url);
  let waiting = new Map<string, GatewayEvent>();
  let isScheduled = false;

  function apply(): void {
    isScheduled = false;
    const events = [...waiting.values()];
    waiting = new Map();
    if (events.length > 0) listener.changed(events);
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    if (document.hidden) setTimeout(apply, HIDDEN_MS);
    else requestAnimationFrame(apply);
  }

  const on = <Data>(name: string, handle: (data: Data) => void): void =>
    source.addEventListener(name, ({ data }: MessageEvent<string>) => handle(JSON.parse(data) as Data));

  source.addEventListener("open", () => listener.status("live"));
  source.addEventListener("error", () => listener.status("lost"));
  on<EventList>("events", ({ events }) => {
    for (const event of events) waiting.set(event.key, event);
    schedule();
  });
  on<GatewayFigures>("figures", (figures) => listener.figures(figures));
  on<FeedHint>("hint", (hint) => listener.hint(hint));
  on<object>("reset", () => {
    waiting.clear();
    listener.reset();
  });
  return () => source.close();
}
