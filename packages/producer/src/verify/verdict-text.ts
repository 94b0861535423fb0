import type { PublishedVerdict, Verdict } from "./verify-message.ts";

const DEAD_LETTERED = "The gateway dead-letters this message.";
const CONSEQUENCE: Readonly<Record<string, string>> = { too_large: "The message does not reach the gateway." };

/** A verdict as lines of text. */
export const verdictText = (verdict: Verdict): string =>
  "code" in verdict
    ? `✘ rejected: ${verdict.code}\n  ${verdict.detail}\n  ${CONSEQUENCE[verdict.code] ?? DEAD_LETTERED}`
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
    ...(valid
      ? []
      : [
          "  The gateway publishes the event with a warning. With REALTIME_VALIDATION=strict, it dead-letters the message.",
        ]),
  ];
}

function unlisted({ listed, nearest }: PublishedVerdict): string {
  if (listed) return "";
  return ` (the catalog does not list this name${nearest === undefined ? "" : `; did you mean ${nearest}?`})`;
}
