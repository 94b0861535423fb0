import type { GatewayEvent } from "@realtime-gateway/local/control";
import { badgesOf } from "../model/badges.ts";
import { ageText, bytesText, durationText } from "../model/texts.ts";
import { Badge } from "./parts.tsx";

interface EventRowProps {
  readonly event: GatewayEvent;
  readonly index: number;
  readonly top: number;
  readonly nowMs: number;
  readonly isSelected: boolean;
  readonly arrivedAtMs: number | undefined;
  readonly onOpen: () => void;
}

/** Rows count from one, and the first is the head. */
const FIRST_ROW_INDEX = 2;

export function EventRow({ event, index, top, nowMs, isSelected, arrivedAtMs, onOpen }: EventRowProps) {
  const { acceptedAtMs, bytes, ms } = event;
  return (
    <div
      class={isSelected ? "row row-selected" : "row"}
      role="row"
      aria-rowindex={index + FIRST_ROW_INDEX}
      data-key={event.key}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell" class="cell-age" title={new Date(acceptedAtMs).toISOString()}>
        {ageText(nowMs - acceptedAtMs)}
      </span>
      <span role="cell" class="cell-event">
        <button type="button" class="link" aria-current={isSelected} onClick={onOpen}>
          {event.event ?? "no event"}
        </button>
      </span>
      <span role="cell" class="cell-badges">
        {badgesOf(event).map((badge) => (
          <Badge key={badge.text} {...badge} />
        ))}
        {event.code !== undefined && <span class="code">{event.code}</span>}
      </span>
      <span role="cell" class="cell-channels">
        {event.channels.map(({ name, subscribers }) => (
          <span key={name} class="channel" title={subscribersText(subscribers)}>
            {name}
            {subscribers !== undefined && <small> {subscribers}</small>}
          </span>
        ))}
      </span>
      <span role="cell" class="cell-number cell-bytes">
        {bytes === undefined ? "" : bytesText(bytes)}
      </span>
      <span role="cell" class="cell-number cell-ms">
        {ms === undefined ? "" : durationText(ms)}
      </span>
      <span role="cell" class="cell-number cell-here">
        {arrivedAtMs === undefined ? "" : `✓ ${durationText(Math.max(0, arrivedAtMs - acceptedAtMs))}`}
      </span>
    </div>
  );
}

const subscribersText = (subscribers: number | undefined): string =>
  subscribers === undefined ? "" : `${subscribers} subscribed at the publication`;
