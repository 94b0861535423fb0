import { type Channel, ENTITY_KINDS, type EntityKind, parseChannel } from "@realtime-gateway/routing";

/** A channel that belongs to one entity. */
export type EntityChannel = Extract<Channel, { readonly kind: EntityKind }>;

/** The channels that a token opens. */
export interface Grants {
  covers(channel: EntityChannel): boolean;
}

const EVERYTHING = "*";
/** No id contains `*`: the grammar of channel names excludes it. */
const ALL_OF_KIND = "-*";

/**
 * Reads a token's grants: `kind-id` with the id as in channel names, `kind-*`, or `*`. Anything else grants nothing.
 * The claim is a list of grants, or one grant as text.
 * It parses grants and compares kind and id, so that `audit-1` does not grant `audit-10`.
 */
export function readGrants(claim: unknown): Grants {
  const texts: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  if (texts.includes(EVERYTHING)) return { covers: () => true };
  const kinds = new Set<EntityKind>(ENTITY_KINDS.filter((kind) => texts.includes(kind + ALL_OF_KIND)));
  const ids = new Set(texts.map(entityOf));
  return { covers: ({ kind, id }) => kinds.has(kind) || ids.has(keyOf({ kind, id })) };
}

function entityOf(text: unknown): string | undefined {
  const parsed = typeof text === "string" ? parseChannel(text) : undefined;
  return parsed?.form === "public" && isEntityChannel(parsed.channel) ? keyOf(parsed.channel) : undefined;
}

/** No kind contains a space, so different entities have different keys. */
const keyOf = ({ kind, id }: EntityChannel): string => `${kind} ${id}`;

export const isEntityChannel = (channel: Channel): channel is EntityChannel => "id" in channel;

/** The grants of a claim that open something, and the number of the other texts, for a report. */
export function listGrants(claim: unknown): { readonly opens: readonly string[]; readonly ignored: number } {
  const texts: readonly unknown[] = claim === undefined ? [] : Array.isArray(claim) ? claim : [claim];
  const opens = texts.filter((text) => typeof text === "string").filter(opensSomething);
  return { opens: [...new Set(opens)], ignored: texts.length - opens.length };
}

const opensSomething = (text: string): boolean =>
  text === EVERYTHING || ENTITY_KINDS.some((kind) => text === kind + ALL_OF_KIND) || entityOf(text) !== undefined;
