import { badgesOf } from "../model/badges.ts";
import { countText, durationText, timesText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";
import { Badge } from "./parts.tsx";

const SHOWN = 3;

/** The events that this page sent last, with their results. */
export function SentList() {
  const { composer, flow } = useConsole();
  const keys = composer.sentKeys.value;
  // The list reads the rows, so that it changes with them.
  const rows = flow.rows.value.length === 0 ? [] : keys.map((key) => flow.find(key));
  if (keys.length === 0) return null;
  const done = rows.filter((row) => row !== undefined && row.status !== "waiting" && row.status !== "failed");
  return (
    <section class="panel" aria-label="Sent">
      <h3>
        {timesText(keys.length, "event")} sent, {countText(done.length)} done
      </h3>
      <ul class="sent">
        {rows.slice(0, SHOWN).map((row, index) => {
          const arrivedAtMs = row && flow.arrivedAtMs(row.key);
          return (
            <li key={keys[index]}>
              {row === undefined ? (
                <span class="quiet">in the queue</span>
              ) : (
                <>
                  {badgesOf(row).map((badge) => (
                    <Badge key={badge.text} {...badge} />
                  ))}
                  {row.ms !== undefined && <span> {durationText(row.ms)} to Pusher</span>}
                  {arrivedAtMs !== undefined && (
                    <span>, {durationText(arrivedAtMs - row.acceptedAtMs)} to this browser</span>
                  )}
                  <button type="button" class="small" onClick={() => flow.open(row.key)}>
                    Explain
                  </button>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
