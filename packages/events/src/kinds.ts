/** Kinds of channel that belong to one entity. Their names carry its id. A new kind is one more word here. */
export const ENTITY_KINDS = ["audit", "fiche", "job"] as const;

export type EntityKind = (typeof ENTITY_KINDS)[number];

/** A kind of channel that events are routed to. `global` has no id; every user may read it. */
export type RoutedKind = EntityKind | "global";
