/**
 * The source text of an object's members, so that a payload travels exactly as its producer wrote it.
 * `JSON.parse` and back rounds long integers, drops the fraction of `1.0` and reorders numeric keys.
 *
 * Every function here requires JSON text that `JSON.parse` accepts, so there is no error handling.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Member name → source text of its value. As in `JSON.parse`, the last of two members of one name counts. */
export function memberSources(objectJson: string): Map<string, string> {
  const sources = new Map<string, string>();
  eachMember(objectJson, (name, start, end) => sources.set(name, objectJson.slice(start, end)));
  return sources;
}

/** The number of members. Members that share a name count separately. */
export function countMembers(objectJson: string): number {
  let count = 0;
  eachMember(objectJson, () => {
    count += 1;
  });
  return count;
}

/** Source text of one member's value. If two members share the name, the last one counts, as in `JSON.parse`. */
export function memberSource(objectJson: string, wanted: string): string | undefined {
  let source: string | undefined;
  eachMember(objectJson, (name, start, end) => {
    if (name === wanted) source = objectJson.slice(start, end);
  });
  return source;
}

/** Source texts of every member of one name. */
export function everyMemberSource(objectJson: string, wanted: string): readonly string[] {
  const sources: string[] = [];
  eachMember(objectJson, (name, start, end) => {
    if (name === wanted) sources.push(objectJson.slice(start, end));
  });
  return sources;
}

/** Source texts of an array's elements. */
export function elementSources(arrayJson: string): readonly string[] {
  const sources: string[] = [];
  let at = skipSpace(arrayJson, arrayJson.indexOf("[") + 1);
  while (arrayJson.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(arrayJson, at);
    sources.push(arrayJson.slice(at, end));
    at = skipSpace(arrayJson, end);
    if (arrayJson.charCodeAt(at) === COMMA) at = skipSpace(arrayJson, at + 1);
  }
  return sources;
}

/** Visits every member: its name, and the start and end of its value. */
function eachMember(objectJson: string, visit: (name: string, start: number, end: number) => void): void {
  let at = skipSpace(objectJson, objectJson.indexOf("{") + 1);
  while (objectJson.charCodeAt(at) === QUOTE) {
    const nameEnd = endOfString(objectJson, at);
    const start = skipSpace(objectJson, skipSpace(objectJson, nameEnd) + 1);
    const end = endOfValue(objectJson, start);
    visit(nameAt(objectJson, at, nameEnd), start, end);
    at = skipSpace(objectJson, end);
    if (objectJson.charCodeAt(at) === COMMA) at = skipSpace(objectJson, at + 1);
  }
}

/** Names with escapes are rare, and only they have to be read. */
function nameAt(json: string, start: number, end: number): string {
  const name = json.slice(start + 1, end - 1);
  return name.includes("\\") ? JSON.parse(json.slice(start, end)) : name;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (json.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

function endOfString(json: string, start: number): number {
  let quote = start;
  for (;;) {
    quote = json.indexOf('"', quote + 1);
    let backslashes = 0;
    while (json.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

function endOfValue(json: string, start: number): number {
  const first = json.charCodeAt(start);
  if (first === QUOTE) return endOfString(json, start);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfContainer(json, start);
  let at = start;
  while (at < json.length && !endsScalar(json.charCodeAt(at))) at += 1;
  return at;
}

const endsScalar = (code: number): boolean =>
  code <= 0x20 || code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET;

function endOfContainer(json: string, start: number): number {
  let depth = 0;
  let at = start;
  for (;;) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at);
      continue;
    }
    at += 1;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
}
