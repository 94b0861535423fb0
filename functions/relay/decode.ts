import { type DomainEvent, decodeEnvelope, definitionOf, type Result } from "@realtime-gateway/events";

export interface Decoded {
  readonly event: DomainEvent;
  /** Paths of the fields that differ from the event's schema. Only routing ids must be sound: this is a tolerant reader. */
  readonly drift: readonly string[];
}

/** First verb: what does this queue message say? */
export function decode(body: string): Result<Decoded> {
  const event = decodeEnvelope(body);
  return event.ok ? { ok: true, value: { event: event.value, drift: driftOf(event.value) } } : event;
}

/** An event that the catalog does not know yet has no schema to drift from. */
function driftOf({ name, data }: DomainEvent): readonly string[] {
  const parsed = definitionOf(name)?.schema.safeParse(data);
  return parsed?.error?.issues.map(({ path }) => path.join(".") || "(payload)") ?? [];
}
