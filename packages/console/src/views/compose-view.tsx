import { useConsole } from "../state/console.ts";
import { CodeTabs } from "./code-tabs.tsx";
import { PayloadForm } from "./payload-form.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { SentList } from "./sent-list.tsx";

const MANY = 1000;

export function ComposeView() {
  const { composer, stack } = useConsole();
  const { type, id } = composer.draft.value;
  return (
    <div class="page compose">
      <h2>Compose an event</h2>
      <div class="columns">
        <section class="panel" aria-label="Draft">
          <div class="field">
            <label for="event-name">Event</label>
            <input
              id="event-name"
              list="event-names"
              class="mono"
              value={type}
              spellcheck={false}
              onInput={({ currentTarget: { value } }) => {
                const isListed = stack.catalog.value.some(({ event }) => event === value);
                if (isListed) composer.choose(value);
                else composer.edit({ type: value });
              }}
            />
            <datalist id="event-names">
              {stack.catalog.value.map(({ event }) => (
                <option key={event} value={event} />
              ))}
            </datalist>
          </div>
          <PayloadForm />
          <div class="field">
            <label for="event-id">Id</label>
            <input
              id="event-id"
              class="mono"
              value={id}
              spellcheck={false}
              placeholder="new for each event; send one twice to see a duplicate"
              onInput={({ currentTarget }) => composer.edit({ id: currentTarget.value })}
            />
          </div>
        </section>
        <div class="side">
          <PreviewPanel />
          <p class="actions send">
            <button type="button" class="primary" onClick={() => void composer.send(1)}>
              Send
            </button>
            <button type="button" onClick={() => void composer.send(10)}>
              Send ×10
            </button>
            <button type="button" onClick={() => void composer.send(MANY)}>
              Send ×1000
            </button>
            <button type="button" disabled={composer.isPlaying.value} onClick={() => void composer.playAudit()}>
              {composer.isPlaying.value ? "Playing an audit …" : "Play an audit"}
            </button>
          </p>
          <SentList />
          <CodeTabs />
        </div>
      </div>
    </div>
  );
}
