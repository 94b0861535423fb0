export type JsonObject = Readonly<Record<string, unknown>>;

export type ParsedJson =
  | {
      readonly ok: true;
      readonly value: unknown /** The text that was parsed, in well-formed UTF-16. */;
      readonly text: string;
    }
  | { readonly ok: false; readonly text: string };

const BYTE_ORDER_MARK = "\ufeff";

/** Parses JSON text. Skips a byte-order mark. Escapes lone surrogates, which UTF-8 cannot carry and JSON can. */
export function parseJson(source: string): ParsedJson {
  const unmarked = source.startsWith(BYTE_ORDER_MARK) ? source.slice(1) : source;
  const text = unmarked.isWellFormed() ? unmarked : escapeLoneSurrogates(unmarked);
  try {
    return { ok: true, value: JSON.parse(text), text };
  } catch {
    return { ok: false, text };
  }
}

const escapeLoneSurrogates = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);

/** `null` means absent, in an envelope as in a payload. */
export const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
