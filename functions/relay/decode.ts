import { accepted, type DomainEvent, decodeEnvelope, definitionOf, type Result } from "@realtime-gateway/events";

export interface Decoded {
  readonly event: DomainEvent;
  /** A newer event of the same entity may take this one's place. */
  readonly latestWins: boolean;
}

/** First verb: what does this queue message say? */
export function decode(body: string): Result<Decoded> {
  const decoded = decodeEnvelope(body);
  if (!decoded.ok) return decoded;
  const event = decoded.value;
  return accepted({ event, latestWins: definitionOf(event.name)?.latestWins ?? false });
}
