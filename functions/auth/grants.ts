import { type Channel, ENTITY_KINDS, type EntityKind, parseChannel } from "@realtime-gateway/routing";

/** A channel that belongs to one entity. */
export type EntityChannel = Extract<Channel, { readonly kind: EntityKind }>;

/** What a token lets its user see. */
export interface Grants {
  covers(channel: EntityChannel): boolean;
}

const EVERYTHING = "*";
/** No id is written with it: `*` is outside the grammar of channel names. */
const ALL_OF_KIND = "-*";

/**
 * Reads a token's list of grants: `kind-id` with the id as channel names carry it, `kind-*`, or `*`. Anything else grants nothing.
 * Grants are parsed, and compared as kind and id: `audit-1` says nothing of `audit-10`.
 */
export function readGrants(claim: unknown): Grants {
  const texts: readonly unknown[] = Array.isArray(claim) ? claim : [];
  if (texts.includes(EVERYTHING)) return { covers: () => true };
  const kinds = new Set<EntityKind>(ENTITY_KINDS.filter((kind) => texts.includes(kind + ALL_OF_KIND)));
  const ids = new Set(texts.map(entityOf));
  return { covers: ({ kind, id }) => kinds.has(kind) || ids.has(keyOf({ kind, id })) };
}

function entityOf(text: unknown): string | undefined {
  const parsed = typeof text === "string" ? parseChannel(text) : undefined;
  return parsed?.form === "public" && isEntityChannel(parsed.channel) ? keyOf(parsed.channel) : undefined;
}

/** No kind holds a space. */
const keyOf = ({ kind, id }: EntityChannel): string => `${kind} ${id}`;

export const isEntityChannel = (channel: Channel): channel is EntityChannel => "id" in channel;
