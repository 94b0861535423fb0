import { bytesText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";

/** The draft as browsers would get it. The stack checks it while the user types. */
export function PreviewPanel() {
  const { composer } = useConsole();
  const preview = composer.preview.value;
  if (preview === undefined) return null;
  if ("problem" in preview)
    return (
      <section class="panel panel-bad" aria-label="Preview" aria-live="polite">
        <h3>The gateway would dead-letter it</h3>
        <p>
          <strong>{preview.problem.code}</strong> {preview.problem.detail}
        </p>
      </section>
    );
  const { channels, payloadBytes, publishedBytes, limitBytes, truncated, mismatches, listed, nearest } = preview.answer;
  return (
    <section class="panel" aria-label="Preview" aria-live="polite">
      <h3>Browsers get</h3>
      <p>
        <strong>{bytesText(publishedBytes)}</strong>
        {truncated
          ? ` of ${bytesText(payloadBytes)}, because the limit is ${bytesText(limitBytes)}. `
          : ` of at most ${bytesText(limitBytes)} `}
        {truncated && <span class="badge badge-warn">truncated</span>}
      </p>
      <meter
        class="meter"
        min={0}
        max={limitBytes}
        value={Math.min(payloadBytes, limitBytes)}
        aria-label="Size of the payload"
      />
      <ul class="routes">
        {channels.map((channel) => (
          <li key={channel}>
            <code>{channel}</code>
          </li>
        ))}
      </ul>
      {!listed && (
        <p class="mistake">The catalog does not list this name.{nearest !== undefined && ` Do you mean ${nearest}?`}</p>
      )}
      {mismatches.length === 0 ? (
        listed && <p class="fine">✓ It matches its schema</p>
      ) : (
        <ul class="mistake">
          {mismatches.map((mismatch) => (
            <li key={mismatch}>{mismatch}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
