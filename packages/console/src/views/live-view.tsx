import { countText, timesText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";
import { EventList } from "./event-list.tsx";
import { Intro } from "./intro.tsx";
import { Empty } from "./parts.tsx";
import { Stations } from "./stations.tsx";

export const FILTER_ID = "filter";

export function LiveView() {
  const { flow, page } = useConsole();
  return (
    <div class="live">
      <h2 class="unseen">Live events</h2>
      <Stations />
      {page.isIntroOpen.value && <Intro />}
      <Toolbar />
      <Hints />
      {flow.rows.value.length === 0 ? <NoEvents /> : <EventList />}
    </div>
  );
}

function Toolbar() {
  const { flow } = useConsole();
  const { mistakes } = flow.filter.value;
  const isPaused = flow.isPaused.value;
  const newCount = flow.newWhilePaused.value;
  return (
    <div class="toolbar">
      <label class="unseen" for={FILTER_ID}>
        Filter
      </label>
      <input
        id={FILTER_ID}
        class="filter"
        type="search"
        spellcheck={false}
        autocomplete="off"
        placeholder="Filter: type:audit.* id:42 is:truncated >500ms, or words   ( / )"
        value={flow.filterText.value}
        aria-invalid={mistakes.length > 0}
        aria-describedby="filter-mistakes"
        onInput={({ currentTarget }) => {
          flow.filterText.value = currentTarget.value;
        }}
      />
      <button type="button" aria-pressed={isPaused} onClick={flow.togglePause}>
        {isPaused ? "Continue" : "Pause"}
      </button>
      <span class="shown">
        {countText(flow.shown.value.length)} of {timesText(flow.rows.value.length, "event")}
        {newCount > 0 && `, ${countText(newCount)} new`}
      </span>
      <span id="filter-mistakes" class="mistakes" role="status">
        {mistakes.join(". ")}
      </span>
    </div>
  );
}

function Hints() {
  const { stack } = useConsole();
  const hint = stack.hints.value.at(-1);
  if (hint === undefined) return null;
  return (
    <p class="hint">
      <strong>{hint.code}</strong> {hint.detail}
      <button
        type="button"
        class="small"
        onClick={() => {
          stack.hints.value = [];
        }}
      >
        Got it
      </button>
    </p>
  );
}

function NoEvents() {
  const { composer, page, stack } = useConsole();
  const events = stack.environment.value?.urls.events;
  return (
    <Empty title="No event yet">
      <p>Play an audit and watch its events travel. Or send one of your own:</p>
      <p class="actions">
        {!page.isIntroOpen.value && (
          <button
            type="button"
            class="primary"
            disabled={composer.isPlaying.value}
            onClick={() => void composer.playAudit()}
          >
            Play an audit
          </button>
        )}
        <button type="button" onClick={() => page.go("compose")}>
          Compose an event
        </button>
      </p>
      {events !== undefined && (
        <pre
          tabIndex={0}
        >{`curl ${events} \\\n  -d '{"type":"notification","data":{"type":"info","message":"Hi"}}'`}</pre>
      )}
    </Empty>
  );
}
