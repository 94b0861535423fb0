import { countMembers, memberSource } from "@realtime-gateway/events";
import type { Context } from "hono";
import { type HttpEnv, Problem } from "./app.ts";

/** A request's body, JSON or form. */
export interface Body {
  /** Its members by name. A form's are all strings. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** A JSON member's text, as it was sent. A form has none. */
  sourceOf(field: string): string | undefined;
}

const EMPTY: Body = { fields: {}, sourceOf: () => undefined };

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON or form body; where there is none, it has no fields.
 * Problems: 413 `body_too_large`, 415 `unsupported_media_type`, 400 `invalid_json`, 400 `invalid_body`.
 */
export async function readBody(context: Context<HttpEnv>, limitBytes: number): Promise<Body> {
  const bytes = await readBytes(context, limitBytes);
  if (bytes.byteLength === 0) return EMPTY;
  switch (requireMediaType(context, ["application/json", "application/x-www-form-urlencoded"])) {
    case "application/json":
      return parseJson(decodeUtf8(bytes));
    default:
      return parseForm(decodeUtf8(bytes));
  }
}

/** The body as it was sent. Problem: 413 `body_too_large`. */
export async function readBytes(context: Context<HttpEnv>, limitBytes: number): Promise<Uint8Array> {
  const bytes = await context.req.raw.bytes();
  if (bytes.byteLength > limitBytes) throw new Problem(413, "body_too_large", `The body passes ${limitBytes} bytes`);
  return bytes;
}

/** Which of these the body is, in UTF-8 and not compressed. Problem: 415 `unsupported_media_type`. */
export function requireMediaType<Type extends string>(context: Context<HttpEnv>, supported: readonly Type[]): Type {
  const [essence = "", ...parameters] = (context.req.header("content-type") ?? "").toLowerCase().split(";");
  const type = supported.find((candidate) => candidate === essence.trim());
  const plain = (context.req.header("content-encoding") ?? "identity").trim().toLowerCase() === "identity";
  if (type === undefined || !plain || !parameters.every(isUtf8OrNoCharset))
    throw new Problem(415, "unsupported_media_type", `Send ${supported.join(" or ")}, in UTF-8 and not compressed`);
  return type;
}

/** `us-ascii` is UTF-8 too. */
const isUtf8OrNoCharset = (parameter: string): boolean =>
  !/^\s*charset\s*=/.test(parameter) || /^\s*charset\s*=\s*"?(?:utf-?8|us-ascii)"?\s*$/.test(parameter);

function decodeUtf8(bytes: Uint8Array): string {
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
  const fields = { ...value };
  requireEachOnce(countMembers(text), fields);
  return { fields, sourceOf: (field) => memberSource(text, field) };
}

function parseForm(text: string): Body {
  const parameters = new URLSearchParams(text);
  const fields = Object.fromEntries(parameters);
  requireEachOnce(parameters.size, fields);
  return { fields, sourceOf: () => undefined };
}

/** Two readers may take different ones of two members: what one of them checked, the other would sign. */
function requireEachOnce(sent: number, fields: Body["fields"]): void {
  if (Object.keys(fields).length < sent) throw new Problem(400, "invalid_body", "A field stands twice in the body");
}
