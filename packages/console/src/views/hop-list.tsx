import type { EventExplanation } from "@realtime-gateway/local/control";
import { durationText } from "../model/texts.ts";
import { hopsOf } from "../model/waterfall.ts";

interface HopListProps {
  readonly explanation: EventExplanation;
  readonly arrivedAtMs: number | undefined;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** A small waterfall: queue, relay, each call to Pusher, this browser. */
export function HopList({ explanation, arrivedAtMs }: HopListProps) {
  return (
    <ol class="hops">
      {hopsOf(explanation, arrivedAtMs).map(({ label, tone, from, to, ms }, index) => (
        <li key={index}>
          <span class="hop-label">{label}</span>
          <span class="hop-track">
            <span
              class={`hop-bar hop-${tone}`}
              style={{ left: percent(from), width: percent(Math.max(to - from, 0.008)) }}
            />
          </span>
          <span class="hop-ms">{durationText(ms)}</span>
        </li>
      ))}
    </ol>
  );
}
