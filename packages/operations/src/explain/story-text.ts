import type { MessageStory, RelayAttempt, RelayReceive } from "./story.ts";

/** Facts that only the local stack has. */
export interface StoryExtras {
  /** The envelope's form, such as `CloudEvents 1.0`. */
  readonly form?: string;
  readonly source?: string;
  readonly limitBytes?: number;
  readonly publishedAtMs?: number;
  readonly subscribers?: readonly { readonly name: string; readonly subscribers: number }[];
}

const LABEL_WIDTH = 12;

/** The story of a message as lines of English, in the order of its way. */
export function storyText(story: MessageStory, extras: StoryExtras = {}): readonly string[] {
  const { messageId, event, eventId, receives } = story;
  const ids = [eventId === undefined ? [] : [`id ${eventId}`], `message ${messageId}`].flat();
  return [
    `${event ?? "no event"} (${ids.join(", ")})`,
    ...acceptedLines(story, extras),
    ...routeLines(story),
    ...payloadLines(story, extras),
    ...receives.flatMap((receive) => receiveLines(receive, story)),
    line("result", result(story, extras)),
  ];
}

const line = (label: string, text: string): string => `  ${label.padEnd(LABEL_WIDTH)}${text}`;

function acceptedLines({ acceptedAtMs }: MessageStory, { form, source }: StoryExtras): readonly string[] {
  if (acceptedAtMs === undefined) return [];
  const from = source === undefined ? "" : ` of ${source}`;
  return [line("accepted", `${timeText(acceptedAtMs)}${form === undefined ? "" : `, ${form}${from}`}`)];
}

const routeLines = ({ routes }: MessageStory): readonly string[] =>
  routes.map(({ channel, why }, index) => line(index === 0 ? "routed" : "", `${channel}, because ${why}`));

function payloadLines({ bytes, fromBytes, mismatches }: MessageStory, { limitBytes }: StoryExtras): readonly string[] {
  const limit = limitBytes === undefined ? "" : `, because the limit is ${limitBytes}`;
  const size =
    bytes === undefined
      ? []
      : [
          fromBytes === undefined
            ? line("payload", `${bytes} bytes, whole`)
            : line("truncated", `from ${fromBytes} to ${bytes} bytes${limit}`),
        ];
  return [...size, ...mismatches.map((mismatch) => line("mismatch", mismatch))];
}

function receiveLines(receive: RelayReceive, { receives }: MessageStory): readonly string[] {
  const { number, startedAtMs, queuedMs, attempts, outcome } = receive;
  const queued = queuedMs === undefined ? "" : `, ${queuedMs} ms after SQS accepted it`;
  const failed = outcome === "failed" && receives.at(-1) !== receive ? `, then failed: ${reasonText(receive)}` : "";
  return [
    line(`receive ${number}`, `${timeText(startedAtMs)}${queued}${failed}`),
    ...attempts.map((attempt, index) => line(`attempt ${index + 1}`, attemptText(attempt))),
  ];
}

const attemptText = ({ atMs, ms, status, code }: RelayAttempt): string =>
  `${timeText(atMs)}, ${status === undefined ? "no answer" : `Pusher answered ${status}`} after ${ms} ms${code === undefined ? "" : ` (${code})`}`;

/** The end of the story, as a sentence without its dot. */
function result(story: MessageStory, extras: StoryExtras): string {
  const { receives, dryRun, replacedBy, duplicateOf } = story;
  const last = receives.at(-1);
  switch (last?.outcome) {
    case undefined:
      return last === undefined ? "the relay has not received it yet" : "the relay works on it";
    case "published":
      return dryRun ? "not published, because PUSHER_DRY_RUN=1" : publishedText(story, extras);
    case "conflated":
      return `replaced by a newer event of the same entity${replacedBy === undefined ? "" : ` (message ${replacedBy})`}`;
    case "duplicate":
      return `a duplicate${duplicateOf === undefined ? " of an event that was published before" : ` of message ${duplicateOf}`}`;
    case "expired":
      return "expired: older than REALTIME_MAX_EVENT_AGE_SECONDS";
    case "rejected":
      return `dead-lettered: ${reasonText(story)}`;
    default:
      return `failed: ${reasonText(story)}. SQS retries it later`;
  }
}

function publishedText({ acceptedAtMs, receives }: MessageStory, { publishedAtMs, subscribers }: StoryExtras): string {
  const atMs = publishedAtMs ?? receives.at(-1)?.endedAtMs;
  const took =
    atMs === undefined || acceptedAtMs === undefined ? "" : `, ${atMs - acceptedAtMs} ms after SQS accepted it`;
  const heard = subscribers?.map(({ name, subscribers: count }) => `${name} had ${count}`).join(", ");
  return `published${atMs === undefined ? "" : ` ${timeText(atMs)}`}${took}${heard ? `; subscribers: ${heard}` : ""}`;
}

const reasonText = ({ code, detail }: Pick<RelayReceive, "code" | "detail">): string =>
  [code ?? "no reason was logged", detail].filter((part) => part !== undefined).join(": ");

/** `2026-03-02T09:00:00.000Z` */
const timeText = (ms: number): string => new Date(ms).toISOString();
