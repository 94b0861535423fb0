/**
 * The type of a payload field in the contract's table of events (section 4). `id` is a string that routing requires;
 * an integer is accepted for it (section 3).
 */
export type FieldType =
  | "id"
  | "string"
  | "int"
  | "int >= 1"
  | "number"
  | "boolean"
  | "iso"
  | "day"
  | "day[]"
  | "object"
  | { readonly oneOf: readonly (string | number)[] }
  | { readonly fields: Fields };

/** The fields of a payload. A name that ends in `?` is optional. */
export type Fields = Readonly<Record<string, FieldType>>;

export interface ContractEvent {
  readonly name: string;
  /** Names one of several shapes of an event, such as the rerun of a step. */
  readonly variant?: string;
  readonly fields: Fields;
  /** The entity of a latest-wins event: choices of id fields, the first whose ids are present counts. */
  readonly entity?: readonly (readonly (string | readonly string[])[])[];
}

/** One family of events: its names, its channels (section 3) and its events (section 4). */
export interface ContractFamily {
  /** A prefix that ends in a dot, or one name. */
  readonly match: string;
  /** The channels of an event: their kind, and the payload fields that carry the id. */
  readonly channels: readonly { readonly kind: string; readonly idFields: readonly string[] }[];
  readonly events: readonly ContractEvent[];
}

/** A field that takes these values only. */
export const oneOf = (...values: readonly (string | number)[]): FieldType => ({ oneOf: values });
