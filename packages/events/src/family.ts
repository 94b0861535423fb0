import type * as z from "zod/mini";
import type { RoutedKind } from "./kinds.ts";
import { lazily } from "./lazily.ts";

/** One channel of a family's events: its kind, and the payload fields that may carry the id. The first present field counts. */
export interface Route {
  readonly kind: RoutedKind;
  readonly fields: readonly string[];
}

/** A payload field that carries an id; or the spellings of one field. */
export type IdField = string | readonly string[];

/** Names an entity by the fields of its ids. The first choice whose ids are all present counts. */
export type EntityKey = readonly (readonly IdField[])[];

export interface EventDefinition<Schema extends z.ZodMiniType> {
  readonly schema: Schema;
  /** A realistic payload, valid under `schema`. */
  readonly sample: z.input<Schema>;
  /** The entity of a latest-wins event: a newer event of the same entity replaces an older one that is not yet published. */
  readonly latestWinsPer?: EntityKey;
}

/** A family of events: its names, its channels, and the events that the catalog lists. */
export interface Family<Events> {
  /** A prefix that ends in a dot, or one whole name. A prefix also matches names that `events` does not list. */
  readonly match: string;
  /** An event goes to every route whose id is present. At least one id is required. */
  readonly routes: readonly Route[];
  readonly events: Events;
}

export function event<Schema extends z.ZodMiniType>(
  makeSchema: () => Schema,
  sample: z.input<Schema>,
  options: { readonly latestWinsPer?: EntityKey } = {},
): EventDefinition<Schema> {
  const schema = lazily(makeSchema);
  return {
    get schema() {
      return schema();
    },
    sample,
    ...options,
  };
}

export const family = <Events extends Record<string, EventDefinition<z.ZodMiniType>>>(
  definition: Family<Events>,
): Family<Events> => definition;
