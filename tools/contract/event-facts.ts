import { definitionOf, eventNames, familyOf, type RoutedKind } from "@realtime-gateway/events";
import { schemaFile } from "@realtime-gateway/events/event-schema";

/** The path of an event's schema from the documents beside the folder `schemas`. */
export const schemaPath = (event: string): string => `./schemas/${schemaFile(event)}`;

/** The kinds of channel that an event goes to, each with the fields that may carry its id. */
export const idFieldsOf = (event: string): ReadonlyMap<RoutedKind, readonly string[]> =>
  new Map(familyOf(event)?.routes.map(({ kind, fields }) => [kind, fields]));

/** Every kind of channel that an event of the catalog goes to. */
export const routedKinds = (): readonly RoutedKind[] => [
  ...new Set(eventNames.flatMap((name) => [...idFieldsOf(name).keys()])),
];

/** The entity of a latest-wins event: choices of ids, each id with its spellings. */
export const latestWinsOf = (event: string): readonly (readonly (readonly string[])[])[] | undefined =>
  definitionOf(event)?.latestWinsPer?.map((ids) => ids.map((field) => [field].flat()));
