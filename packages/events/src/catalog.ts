import type * as z from "zod/mini";
import { audit } from "./audit.ts";
import { batch } from "./batch.ts";
import type { EventDefinition, Family } from "./family.ts";
import { fiches } from "./fiches.ts";
import { notification } from "./notification.ts";
import { transcription } from "./transcription.ts";

/** Every family of the catalog. A new family is one file and one line here. */
export const families = [audit, transcription, batch, notification, fiches] as const;

type AnyFamily = (typeof families)[number];
type UnionToIntersection<U> = (U extends unknown ? (member: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** Event name → its definition. */
export type Catalog = UnionToIntersection<AnyFamily["events"]>;

/** The names that the catalog lists. */
export type EventName = keyof Catalog;

/** The payload of an event, as its schema describes it. */
export type EventData<Name extends EventName> =
  Catalog[Name] extends EventDefinition<infer Schema> ? z.output<Schema> : never;

type AnyDefinition = EventDefinition<z.ZodMiniType>;
type UntypedFamily = Family<Readonly<Record<string, AnyDefinition>>>;

const untypedFamilies: readonly UntypedFamily[] = families;

const definitions: ReadonlyMap<string, AnyDefinition> = new Map(
  untypedFamilies.flatMap((family) => Object.entries(family.events)),
);

/** The names of the catalog, in its order. */
export const eventNames: readonly string[] = [...definitions.keys()];

/** The definition of an event; `undefined` for a name that the catalog does not list. */
export const definitionOf = (name: string): AnyDefinition | undefined => definitions.get(name);

/** The family of a name. Names that the catalog does not list have one too, because producers may deploy first. */
export const familyOf = (name: string): UntypedFamily | undefined =>
  untypedFamilies.find(({ match }) =>
    match.endsWith(".") ? name.startsWith(match) && name.length > match.length : name === match,
  );
