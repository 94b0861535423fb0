export type UncheckedFields = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is UncheckedFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses the JSON text of an object; undefined for every other text. */
export function parseJsonObject(text: string): UncheckedFields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The size of a value's JSON text. It is infinite for a value so deep that JSON.stringify throws. */
export function jsonBytes(value: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(value) ?? "");
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Describes a wrong value in an error. Only strings appear in full. */
export function nameValue(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : `of type ${typeof value}`;
}
