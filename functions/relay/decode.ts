import { type DomainEvent, decodeEnvelope, definitionOf, type Result } from "@realtime-gateway/events";

export interface Decoded {
  readonly event: DomainEvent;
  /** A newer event of the same entity may take this one's place. */
  readonly latestWins: boolean;
  /** Paths of the fields that differ from the event's schema. */
  readonly drift: readonly string[];
}

/** First verb: what does this queue message say? */
export function decode(body: string): Result<Decoded> {
  const decoded = decodeEnvelope(body);
  if (!decoded.ok) return decoded;
  const event = decoded.value;
  const latestWins = definitionOf(event.name)?.latestWins ?? false;
  return { ok: true, value: { event, latestWins, drift: driftOf(event) } };
}

/** A warning names the first few: one array may hold a hundred thousand values that differ. */
const MAX_DRIFT_PATHS = 10;
const WHOLE_PAYLOAD = "(payload)";

/** An event that the catalog does not know yet has no schema to drift from. */
function driftOf({ name, data }: DomainEvent): readonly string[] {
  try {
    const issues = definitionOf(name)?.schema.safeParse(data).error?.issues ?? [];
    return issues.slice(0, MAX_DRIFT_PATHS).map(({ path }) => path.join(".") || WHOLE_PAYLOAD);
  } catch (error) {
    // zod hands an array's issues over as arguments of one call; the stack has no room for some hundred thousand of them.
    if (error instanceof RangeError) return [WHOLE_PAYLOAD];
    throw error;
  }
}
