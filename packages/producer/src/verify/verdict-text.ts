import type { PublishedVerdict, Verdict } from "./verify-message.ts";

/** A verdict as lines of text. */
export const verdictText = (verdict: Verdict): string =>
  "code" in verdict
    ? `✘ rejected: ${verdict.code}\n  ${verdict.detail}\n  The gateway moves this message to the dead-letter queue.`
    : publishedText(verdict).join("\n");

function publishedText(verdict: PublishedVerdict): readonly string[] {
  const { valid, event, channels, payloadBytes, publishedBytes, truncated, mismatches } = verdict;
  return [
    `${valid ? "✔" : "✘"} ${event}${unlisted(verdict)}`,
    `  channels  ${channels.join(", ")}`,
    truncated
      ? `  size      ${payloadBytes} bytes: truncated to ${publishedBytes}, so browsers get ids, numbers and short texts`
      : `  size      ${publishedBytes} bytes`,
    ...mismatches.map((mismatch) => `  mismatch  ${mismatch}`),
    ...(valid ? [] : ["  The gateway publishes it with a warning. With REALTIME_VALIDATION=strict it rejects it."]),
  ];
}

function unlisted({ listed, nearest }: PublishedVerdict): string {
  if (listed) return "";
  return ` (the catalog does not list this name${nearest === undefined ? "" : `; did you mean ${nearest}?`})`;
}
