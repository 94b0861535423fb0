import { batch, signal } from "@preact/signals";
import type { ChannelState, GatewayFigures, QueueState, StackFault } from "@realtime-gateway/local/control";
import type { ComposableEvent, ControlApi, DeadLetterPage, StackEnvironment } from "../api/control-api.ts";
import type { FeedHint, FeedStatus } from "../api/event-feed.ts";
import { withLast } from "../model/chart.ts";

/** Everything that the page shows about the stack beside its events. */
export type StackState = ReturnType<typeof createStackState>;

/** The figures of one second, with the times to this browser. */
export interface HealthPoint extends GatewayFigures {
  readonly hereP50Ms?: number | undefined;
  readonly hereP99Ms?: number | undefined;
}

/** One minute, with a point each second. */
const HISTORY = 60;
const MAX_HINTS = 5;
const POLL_MS = 1_000;

export function createStackState(api: ControlApi) {
  const feed = signal<FeedStatus>("connecting");
  const figures = signal<GatewayFigures | undefined>(undefined);
  const history = signal<readonly HealthPoint[]>([]);
  const hints = signal<readonly FeedHint[]>([]);
  const queue = signal<QueueState | undefined>(undefined);
  const channels = signal<readonly ChannelState[] | undefined>(undefined);
  const deadLetters = signal<DeadLetterPage | undefined>(undefined);
  const deadLetterCode = signal("");
  const faults = signal<readonly StackFault[]>([]);
  const catalog = signal<readonly ComposableEvent[]>([]);
  const environment = signal<StackEnvironment | undefined>(undefined);

  /** Failures need no text here: the status of the feed shows them. */
  async function refresh(view: string): Promise<void> {
    if (feed.value === "lost") return;
    const [queueNow, channelsNow, deadNow, faultsNow] = await Promise.all([
      api.queue(),
      view === "channels" ? api.channels() : undefined,
      view === "queue" ? api.deadLetters(deadLetterCode.value) : undefined,
      api.faults(),
    ]);
    batch(() => {
      if (queueNow.ok) queue.value = queueNow.value;
      if (channelsNow?.ok) channels.value = channelsNow.value.channels;
      if (deadNow?.ok) deadLetters.value = deadNow.value;
      if (faultsNow.ok) faults.value = faultsNow.value.faults;
    });
  }

  return {
    feed,
    figures,
    history,
    hints,
    queue,
    channels,
    deadLetters,
    deadLetterCode,
    faults,
    catalog,
    environment,
    refresh,
    async load(): Promise<void> {
      const [events, env] = await Promise.all([api.catalog(), api.environment()]);
      batch(() => {
        if (events.ok) catalog.value = events.value.events;
        if (env.ok) environment.value = env.value;
      });
    },
    hinted(hint: FeedHint): void {
      const others = hints.value.filter(({ code, channel }) => code !== hint.code || channel !== hint.channel);
      hints.value = withLast(others, hint, MAX_HINTS);
    },
    /** Reads again each second while the page is visible. A second without a change is a point of the charts too. */
    follow(viewNow: () => string, endToEndMs: (share: number) => number | undefined): () => void {
      const timer = setInterval(() => {
        if (figures.value !== undefined) {
          const point = { ...figures.value, hereP50Ms: endToEndMs(0.5), hereP99Ms: endToEndMs(0.99) };
          history.value = withLast(history.value, point, HISTORY);
        }
        if (!document.hidden) void refresh(viewNow());
      }, POLL_MS);
      return () => clearInterval(timer);
    },
  };
}
