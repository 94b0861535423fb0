import type * as z from "zod/mini";
import type { EventDefinition, Family } from "./family.ts";

type Definitions = Record<string, EventDefinition<z.ZodMiniType>>;
type PayloadOf<Definition> = Definition extends EventDefinition<infer Schema> ? z.output<Schema> : never;

/** `looseObject` allows any name beside the ones that it lists. */
type Listed<Payload> = { [Field in keyof Payload as string extends Field ? never : Field]-?: Payload[Field] };

/** The fields that a payload's type lists, nested ones included. */
type FieldOf<Payload> = Payload extends readonly unknown[] | string | number | boolean | undefined
  ? never
  : { [Field in keyof Listed<Payload>]: Field | FieldOf<Listed<Payload>[Field]> }[keyof Listed<Payload>];

/**
 * What the events and fields of a family mean. The compiler names an event or a field without a meaning. A field means the
 * same in every event of its family. Only the docs read the export `meanings` of a file here, so bundles leave it out.
 */
export interface Meanings<F extends Family<Definitions>> {
  readonly events: Readonly<Record<keyof F["events"] & string, string>>;
  readonly fields: Readonly<Record<FieldOf<PayloadOf<F["events"][keyof F["events"]]>> & string, string>>;
}
