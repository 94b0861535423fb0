import { members } from "@realtime-gateway/events";
import type { Context } from "hono";
import { type HttpEnv, Problem } from "./http.ts";

/** A request's body, JSON or form. */
export interface Body {
  /** Its members by name. A form's are all strings. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Their text, as it was sent; of a form, unescaped. */
  readonly sources: ReadonlyMap<string, string>;
}

const EMPTY: Body = { fields: {}, sources: new Map() };

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON or form body; where there is none, it has no fields.
 * Problems: 413 `body_too_large`, 415 `unsupported_media_type`, 400 `invalid_json`, 400 `invalid_body`.
 */
export async function readBody(context: Context<HttpEnv>, limitBytes: number): Promise<Body> {
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength === 0) return EMPTY;
  if (bytes.byteLength > limitBytes) throw new Problem(413, "body_too_large", `The body passes ${limitBytes} bytes`);
  const text = decodeUtf8(bytes);
  switch (mediaType(context.req.header("content-type"))) {
    case "application/json":
      return parseJson(text);
    case "application/x-www-form-urlencoded":
      return parseForm(text);
    default:
      throw new Problem(415, "unsupported_media_type", "Send application/json or application/x-www-form-urlencoded");
  }
}

const mediaType = (contentType: string | undefined): string | undefined =>
  contentType?.split(";")[0]?.trim().toLowerCase();

function decodeUtf8(bytes: ArrayBuffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new Problem(400, "invalid_body", "The body is not UTF-8");
  }
}

function parseJson(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(400, "invalid_json", "The body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Problem(400, "invalid_body", "The body is not a JSON object");
  return { fields: { ...value }, sources: withoutDuplicates(members(text)) };
}

function parseForm(text: string): Body {
  const sources = withoutDuplicates([...new URLSearchParams(text)]);
  return { fields: Object.fromEntries(sources), sources };
}

/** Two readers may take different ones of two members: what one of them checked, the other would sign. */
function withoutDuplicates(entries: readonly (readonly [name: string, source: string])[]): ReadonlyMap<string, string> {
  const sources = new Map(entries);
  if (sources.size < entries.length) throw new Problem(400, "invalid_body", "A field stands twice in the body");
  return sources;
}
