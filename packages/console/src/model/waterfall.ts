import type { EventExplanation } from "@realtime-gateway/local/control";
import type { Tone } from "./badges.ts";

/** One hop of an event. Positions are shares of the whole way, from 0 to 1. */
export interface Hop {
  readonly label: string;
  readonly tone: Tone;
  readonly from: number;
  readonly to: number;
  readonly ms: number;
}

interface Span {
  readonly label: string;
  readonly tone: Tone;
  readonly startMs: number;
  readonly endMs: number;
}

const OK = 200;

/** The way of an event: queue, relay, each call to Pusher, this browser. */
export function hopsOf({ event, receives }: EventExplanation, arrivedAtMs: number | undefined): readonly Hop[] {
  const spans: Span[] = [];
  let queuedSinceMs = event.acceptedAtMs;
  for (const { number, startedAtMs, endedAtMs = startedAtMs, outcome, attempts } of receives) {
    const label = number === 1 ? "queue" : "queue, before the retry";
    spans.push({ label, tone: number === 1 ? "quiet" : "warn", startMs: queuedSinceMs, endMs: startedAtMs });
    const failed = outcome === "failed" || outcome === "rejected";
    spans.push({ label: "relay", tone: failed ? "warn" : "info", startMs: startedAtMs, endMs: endedAtMs });
    for (const { atMs, ms, status, code } of attempts) {
      const answer = status ?? code ?? "no answer";
      spans.push({ label: `Pusher: ${answer}`, tone: status === OK ? "good" : "bad", startMs: atMs, endMs: atMs + ms });
    }
    queuedSinceMs = endedAtMs;
  }
  const { publishedAtMs } = event;
  if (publishedAtMs !== undefined && arrivedAtMs !== undefined)
    spans.push({ label: "this browser", tone: "good", startMs: publishedAtMs, endMs: arrivedAtMs });
  return scaled(spans);
}

function scaled(spans: readonly Span[]): readonly Hop[] {
  const startMs = Math.min(...spans.map((span) => span.startMs));
  const lengthMs = Math.max(1, ...spans.map(({ endMs }) => endMs - startMs));
  return spans.map((span) => {
    // Two clocks may differ by a millisecond.
    const ms = Math.max(0, span.endMs - span.startMs);
    const from = (span.startMs - startMs) / lengthMs;
    return { label: span.label, tone: span.tone, from, to: from + ms / lengthMs, ms };
  });
}
