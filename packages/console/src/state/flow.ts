import { batch, computed, effect, signal } from "@preact/signals";
import type { GatewayEvent } from "@realtime-gateway/local/control";
import type { ControlApi } from "../api/control-api.ts";
import { type BrowserArrival, createArrivals } from "../model/arrivals.ts";
import { createEventRows, MAX_ROWS } from "../model/event-rows.ts";
import { parseFilter } from "../model/filter.ts";
import { eventTest } from "../model/filter-match.ts";

/** The live list: its rows, its filter, its pause and its selection. */
export type Flow = ReturnType<typeof createFlow>;

/** Typing asks the stack once, after a pause. New events may have the text too, so the page asks again. */
const SEARCH_PAUSE_MS = 200;
const SEARCH_AGAIN_MS = 2_000;
/** An event may arrive before the stack reports its publication. */
const RECENT_ROWS = 300;

export function createFlow(api: Pick<ControlApi, "search">) {
  const store = createEventRows();
  const arrivals = createArrivals(MAX_ROWS);
  const rows = signal<readonly GatewayEvent[]>([]);
  const arrived = signal(0);
  const filterText = signal("");
  const pausedRows = signal<readonly GatewayEvent[] | undefined>(undefined);
  const selectedKey = signal<string | undefined>(undefined);
  const isOpen = signal(false);
  const foundInPayloads = signal<Readonly<Record<string, ReadonlySet<string>>>>({});

  const filter = computed(() => parseFilter(filterText.value));
  const shown = computed(() => {
    const all = pausedRows.value ?? rows.value;
    if (filter.value.terms.length === 0) return all;
    const found = foundInPayloads.value;
    return all.filter(eventTest(filter.value, (text, key) => found[text]?.has(key) === true));
  });
  const newWhilePaused = computed(() =>
    pausedRows.value === undefined ? 0 : Math.max(0, rows.value.length - pausedRows.value.length),
  );

  let isMatching = false;
  function matchSoon(): void {
    if (isMatching) return;
    isMatching = true;
    setTimeout(() => {
      isMatching = false;
      arrivals.match(rows.value.slice(0, RECENT_ROWS));
      arrived.value = arrivals.count;
    }, 100);
  }

  const stopSearching = effect(() => {
    const texts = filter.value.terms.flatMap((term) => (term.on === "text" ? [term.value] : []));
    if (texts.length === 0) return undefined;
    const search = async (): Promise<void> => {
      const found = await Promise.all(texts.map(async (text) => [text, await api.search(text)] as const));
      foundInPayloads.value = Object.fromEntries(found);
    };
    const first = setTimeout(search, SEARCH_PAUSE_MS);
    const again = setInterval(search, SEARCH_AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  });

  function select(key: string | undefined): void {
    selectedKey.value = key;
  }

  return {
    rows,
    shown,
    filterText,
    filter,
    selectedKey,
    isOpen,
    newWhilePaused,
    arrived,
    isPaused: computed(() => pausedRows.value !== undefined),
    find: store.find,
    arrivedAtMs: arrivals.of,
    endToEndMs: arrivals.percentileMs,
    changed(events: readonly GatewayEvent[]): void {
      store.apply(events);
      arrivals.match(events);
      rows.value = store.newestFirst;
    },
    received(arrival: BrowserArrival): void {
      arrivals.received(arrival);
      matchSoon();
    },
    cleared(): void {
      batch(() => {
        store.clear();
        arrivals.clear();
        rows.value = [];
        arrived.value = 0;
        pausedRows.value = undefined;
        selectedKey.value = undefined;
        isOpen.value = false;
      });
    },
    togglePause(): void {
      pausedRows.value = pausedRows.value === undefined ? rows.value : undefined;
    },
    open(key: string): void {
      batch(() => {
        select(key);
        isOpen.value = true;
      });
    },
    close(): void {
      isOpen.value = false;
    },
    /** Selects the row this many places below the selected one. */
    move(places: number): void {
      const list = shown.value;
      const at = list.findIndex(({ key }) => key === selectedKey.value);
      const next = at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + places));
      select(list[next]?.key);
    },
    stop: stopSearching,
  };
}
