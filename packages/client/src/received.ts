type Kept<Field, Value> = Value extends readonly unknown[]
  ? `${Field & string}Count`
  : Value extends number | boolean
    ? Field
    : Field extends "id" | `${string}_id` | `${string}Id` | `${string}status` | `${string}phase`
      ? Field
      : never;

type Counted<Value> = Value extends readonly unknown[] ? number : Value;

/**
 * The truncated form of a payload above the size limit: ids, numbers, booleans, status and phase, and the length of each array.
 * Texts and objects are missing. Read the current state over REST.
 */
export type Truncated<Data> = Data extends unknown
  ? { readonly truncated: true } & {
      readonly [Field in keyof Data as Kept<Field, NonNullable<Data[Field]>>]: Counted<Data[Field]>;
    }
  : never;

/** A payload as it arrives. `if (data.truncated)` separates the two forms. */
export type ReceivedData<Data> = (Data & { readonly truncated?: undefined }) | Truncated<Data>;
