import { useSignal } from "@preact/signals";
import type { GatewayEvent } from "@realtime-gateway/local/control";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { visibleRange } from "../model/visible-range.ts";
import { useConsole } from "../state/console.ts";
import { EventRow } from "./event-row.tsx";
import { Empty } from "./parts.tsx";

/** As in styles/live.css. */
const ROW_HEIGHT = 34;
const NARROW_ROW_HEIGHT = 58;
const NARROW = matchMedia("(max-width: 760px)");
const CLOCK_MS = 1_000;

/** A list of any length: only the visible rows are elements. */
export function EventList() {
  const { flow } = useConsole();
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const height = useSignal(0);
  const nowMs = useSignal(Date.now());
  const isNarrow = useSignal(NARROW.matches);
  const rowHeight = isNarrow.value ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const events = flow.shown.value;
  const { first, end } = visibleRange({
    scrollTop: scrollTop.value,
    height: height.value,
    rowHeight,
    count: events.length,
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const resize = new ResizeObserver(() => {
      height.value = element.clientHeight;
      isNarrow.value = NARROW.matches;
    });
    resize.observe(element);
    const clock = setInterval(() => {
      nowMs.value = Date.now();
    }, CLOCK_MS);
    return () => {
      resize.disconnect();
      clearInterval(clock);
    };
  }, []);
  useSteadyRows(scroller, events, rowHeight);
  useSelectedInView(scroller, events, flow.selectedKey.value, rowHeight);

  return (
    <div class="list" role="table" aria-label="Events" aria-rowcount={events.length + 1}>
      <div class="row row-head" role="row" aria-rowindex={1}>
        {["Age", "Event", "Fate", "Channels", "Size", "To Pusher", "To here"].map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        class="scroller"
        role="rowgroup"
        tabIndex={0}
        aria-label="Rows"
        onScroll={({ currentTarget }) => {
          scrollTop.value = currentTarget.scrollTop;
        }}
      >
        {events.length === 0 && <NoMatch />}
        <div class="rows" role="presentation" style={{ height: `${events.length * rowHeight}px` }}>
          {events.slice(first, end).map((event, index) => (
            <EventRow
              key={event.key}
              event={event}
              index={first + index}
              top={(first + index) * rowHeight}
              nowMs={nowMs.value}
              isSelected={event.key === flow.selectedKey.value}
              arrivedAtMs={flow.arrivedAtMs(event.key)}
              onOpen={() => flow.open(event.key)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function NoMatch() {
  const { flow } = useConsole();
  return (
    <Empty title="No event matches the filter">
      <p class="actions">
        <button
          type="button"
          onClick={() => {
            flow.filterText.value = "";
          }}
        >
          Clear the filter
        </button>
      </p>
    </Empty>
  );
}

type Scroller = Readonly<{ current: HTMLDivElement | null }>;

/** New rows come at the top. A reader who scrolled down keeps the rows they read. */
function useSteadyRows(scroller: Scroller, events: readonly GatewayEvent[], rowHeight: number): void {
  const topKey = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = topKey.current;
    topKey.current = events[0]?.key;
    if (element === null || before === undefined || element.scrollTop === 0) return;
    const added = events.findIndex(({ key }) => key === before);
    if (added > 0) element.scrollTop += added * rowHeight;
  }, [events, rowHeight]);
}

function useSelectedInView(
  scroller: Scroller,
  events: readonly GatewayEvent[],
  selectedKey: string | undefined,
  rowHeight: number,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    const at = events.findIndex(({ key }) => key === selectedKey);
    if (element === null || at < 0) return;
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
    // Only a new selection scrolls: new events must not.
  }, [selectedKey]);
}
