import type { Context } from "hono";
import { type HttpEnv, Problem } from "./http.ts";

/** A request's body, JSON or form: its members by name. A form's values are all strings. */
export type Body = Readonly<Record<string, unknown>>;

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON or form body, or `undefined` where there is none.
 * Problems: 413 `body_too_large`, 415 `unsupported_media_type`, 400 `invalid_json`, 400 `invalid_body`.
 */
export async function readBody(context: Context<HttpEnv>, limitBytes: number): Promise<Body | undefined> {
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength === 0) return undefined;
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
  refuseDuplicates(memberNames(text));
  return { ...value };
}

function parseForm(text: string): Body {
  const fields = [...new URLSearchParams(text)];
  refuseDuplicates(fields.map(([name]) => name));
  return Object.fromEntries(fields);
}

/** Two readers may take different ones of two members: what one of them checked, the other would sign. */
function refuseDuplicates(names: readonly string[]): void {
  if (new Set(names).size < names.length) throw new Problem(400, "invalid_body", "A field stands twice in the body");
}

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/** Names of the outermost members of JSON text that `JSON.parse` has accepted, duplicates included. */
function memberNames(json: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [token, isName] of json.matchAll(TOKEN)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (isName !== undefined && depth === 1) names.push(JSON.parse(token.slice(0, -isName.length)));
  }
  return names;
}
