import { countMembers, everyMemberSource } from "@realtime-gateway/events";
import type { Context } from "hono";
import type { HttpEnv } from "./context.ts";
import { Problem } from "./problem.ts";

/** The body of a request, JSON or a form. */
export interface Body {
  /** Each name once. */
  readonly names: readonly string[];
  /**
   * The value of a field; in a form, a string. Problem: 400 `invalid_body` if the field is there twice with different
   * values. Parsers disagree on which one wins, so we could sign a value that we did not check.
   */
  field(name: string): unknown;
  /** The JSON text of a field, as sent; `undefined` for a form. */
  sourceOf(name: string): string | undefined;
}

const EMPTY: Body = { names: [], field: () => undefined, sourceOf: () => undefined };

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON or form body. An empty body has no fields.
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

/** The bytes of the body, as sent. Problem: 413 `body_too_large`. */
export async function readBytes(context: Context<HttpEnv>, limitBytes: number): Promise<Uint8Array> {
  const bytes = await context.req.raw.bytes();
  if (bytes.byteLength > limitBytes)
    throw new Problem(413, "body_too_large", `The body is larger than ${limitBytes} bytes`);
  return bytes;
}

/**
 * Returns the body's media type if it is one of these, in UTF-8 and not compressed. Problem: 415 `unsupported_media_type`.
 * A browser joins two Content-Type headers with a comma. `pusher-js` sets its own first, and that one describes the body.
 */
export function requireMediaType<Type extends string>(context: Context<HttpEnv>, supported: readonly Type[]): Type {
  const types = (context.req.header("content-type") ?? "")
    .toLowerCase()
    .split(",")
    .map((text) => mediaTypeIn(text, supported));
  const plain = (context.req.header("content-encoding") ?? "identity").trim().toLowerCase() === "identity";
  const [type] = types;
  if (type === undefined || types.includes(undefined) || !plain)
    throw new Problem(415, "unsupported_media_type", `Send ${supported.join(" or ")}, in UTF-8 and not compressed`);
  return type;
}

function mediaTypeIn<Type extends string>(text: string, supported: readonly Type[]): Type | undefined {
  const [essence = "", ...parameters] = text.split(";");
  return parameters.every(isUtf8OrNoCharset) ? supported.find((each) => each === essence.trim()) : undefined;
}

/** `us-ascii` is a part of UTF-8. */
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
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const names = Object.keys(fields);
  const hasDuplicates = countMembers(text) > names.length;
  return {
    names,
    field(name) {
      if (hasDuplicates) requireEqual(name, everyMemberSource(text, name).map(normalJson));
      return fields[name];
    },
    sourceOf: (name) => everyMemberSource(text, name).at(-1),
  };
}

function parseForm(text: string): Body {
  const parameters = new URLSearchParams(text);
  return {
    names: [...new Set(parameters.keys())],
    field(name) {
      const values = parameters.getAll(name);
      requireEqual(name, values);
      return values[0];
    },
    sourceOf: () => undefined,
  };
}

function requireEqual(name: string, values: readonly string[]): void {
  if (new Set(values).size > 1)
    throw new Problem(400, "invalid_body", `${name} is in the body twice, with different values`);
}

/** `JSON.stringify` throws for values that nest too deep. Those count as equal only if their texts are. */
function normalJson(source: string): string {
  try {
    return JSON.stringify(JSON.parse(source));
  } catch {
    return source;
  }
}
