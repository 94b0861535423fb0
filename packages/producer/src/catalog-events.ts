import type { EventData, EventName } from "@realtime-gateway/events";

/**
 * A payload as a producer writes it. The gateway passes unknown fields through, so the catalog's types allow any field. A
 * producer's type does not: a misspelt optional field must not compile.
 */
type Written<Data> = Data extends readonly (infer Element)[]
  ? readonly Written<Element>[]
  : Data extends object
    ? { readonly [Field in keyof Data as string extends Field ? never : Field]: Written<Data[Field]> }
    : Data;

/** Event name → payload, for every event of the catalog. */
export type CatalogEvents = { readonly [Name in EventName]: Written<EventData<Name>> };

/** The catalog's events, and a service's own ones. An own event replaces one of the catalog that has its name. */
export type EventsWith<Own> = [keyof Own] extends [never] ? CatalogEvents : Omit<CatalogEvents, keyof Own> & Own;

/** The names of a set of events. */
export type NameOf<Events> = keyof Events & string;
