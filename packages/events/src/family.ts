import type * as z from "zod/mini";
import { lazily } from "./lazily.ts";

/** What an entity's viewers subscribe to. `global` has no id: everybody reads it. */
export type RoutedKind = "audit" | "fiche" | "job" | "global";

/** One channel an event goes to: its kind, and the payload fields its id may stand in (the first present one counts). */
export interface Route {
  readonly kind: RoutedKind;
  readonly fields: readonly string[];
}

export interface EventDefinition<Schema extends z.ZodMiniType> {
  readonly schema: Schema;
  /** A realistic payload, valid under `schema`. */
  readonly sample: z.input<Schema>;
  /** A newer one for the same entity replaces an older one that is not yet published. */
  readonly latestWins: boolean;
}

/**
 * A family of events: which names belong to it, who hears them, and the events known today.
 * `match` ending in a dot is a prefix, and names not listed in `events` are routed all the same; without a dot it is a name.
 * Every route whose id is present is taken; at least one must be.
 */
export interface Family<Events> {
  readonly match: string;
  readonly routes: readonly Route[];
  readonly events: Events;
}

export function event<Schema extends z.ZodMiniType>(
  makeSchema: () => Schema,
  sample: z.input<Schema>,
  options: { readonly latestWins?: true } = {},
): EventDefinition<Schema> {
  const schema = lazily(makeSchema);
  return {
    get schema() {
      return schema();
    },
    sample,
    latestWins: options.latestWins ?? false,
  };
}

export const family = <Events extends Record<string, EventDefinition<z.ZodMiniType>>>(
  definition: Family<Events>,
): Family<Events> => definition;
