import { accepted, type DomainEvent, type Result, rejected } from "@realtime-gateway/events";
import { guard, type Message, route } from "@realtime-gateway/routing";
import type { RelaySettings } from "@realtime-gateway/settings";
import type { Log } from "../log.ts";
import { decode } from "./decode.ts";
import { driftOf } from "./drift.ts";
import { eventKey } from "./recent-events.ts";

/** What preparing depends on: how the gateway is configured. */
export type PrepareConfig = Pick<RelaySettings, "form" | "maxPayloadBytes" | "validation">;

export interface Prepared {
  readonly message: Message;
  /** What identifies the event, where its producer says so. */
  readonly key: string | undefined;
  readonly event: DomainEvent;
  readonly truncated: boolean;
}

/**
 * Decode, route, guard: from the text of a queue message to what is published, or why it never can be. A tolerant reader:
 * an event whose routing ids are sound is delivered even where another field drifted from its schema, which is told once it is on
 * its way (drift.ts); `REALTIME_VALIDATION=strict` rejects it.
 */
export function prepare(body: string, config: PrepareConfig, log: Log): Result<Prepared> {
  const decoded = decode(body);
  if (!decoded.ok) return decoded;
  const { event, latestWins } = decoded.value;
  const reject = (detail: string) => ({ ...rejected("invalid_event", detail), event: event.name });

  const routed = route(event, config.form);
  if (!routed.ok) return { ...routed, event: event.name };
  const { channels, idFields } = routed.value;
  const drift = config.validation === "strict" ? driftOf(event) : [];
  if (drift.length > 0) return reject(`differs from its schema at ${drift.join(", ")}`);

  const limitBytes = config.maxPayloadBytes;
  const guarded = guard(event, { limitBytes, form: config.form, idFields });
  if (!guarded.ok) return reject(guarded.detail);
  const { json, originalBytes, truncated } = guarded.value;
  if (truncated)
    log.warn("payload_truncated", { event: event.name, channels, bytes: originalBytes, limit: limitBytes });

  const timeMs = timeOf(event);
  const message = { name: event.name, channels, json, latestWins, ...(timeMs !== undefined && { timeMs }) };
  return accepted({ message, key: eventKey(event), event, truncated });
}

function timeOf({ time }: DomainEvent): number | undefined {
  const timeMs = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
