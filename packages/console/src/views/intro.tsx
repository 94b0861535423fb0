import { useConsole } from "../state/console.ts";

/** Explains the page on the first visit. */
export function Intro() {
  const { page, composer } = useConsole();
  return (
    <section class="intro" aria-labelledby="intro-title">
      <h3 id="intro-title">Watch events travel from your services to a browser</h3>
      <p>
        A service puts an event into the <strong>queue</strong>. The <strong>relay</strong> routes it to channels and
        publishes it to <strong>Pusher</strong>. Every subscribed <strong>browser</strong> then fetches the new state.
        Each row below is one event; select it to see why it went where it went.
      </p>
      <p class="actions">
        <button
          type="button"
          class="primary"
          disabled={composer.isPlaying.value}
          onClick={() => void composer.playAudit()}
        >
          {composer.isPlaying.value ? "Playing an audit …" : "Play an audit"}
        </button>
        <button type="button" onClick={page.closeIntro}>
          Got it
        </button>
      </p>
    </section>
  );
}
