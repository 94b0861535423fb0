import { NODE_OBJECT, nodeClasses, standInFor } from "./node-classes.ts";

type NodeHeaders = globalThis.Headers;
type Pair = [name: string, value: string];

interface Given {
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** RFC 9110, section 5.6.2. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** Fetch allows one byte a character, without NUL, CR and LF. */
const VALUE = /^[\t\x20-\xff]*$/;
const OUTER_WHITE_SPACE = /^[\t ]+|[\t ]+$/g;
const COOKIE = "cookie";
const SET_COOKIE = "set-cookie";

/** Makes light headers a view of Node's, so that both agree from then on. */
export const ADOPT = Symbol("adopt");

/** Fetch's `Headers` in plain JavaScript. Unusual arguments go to Node's own object, which then replaces what is here. */
export class Headers {
  /** The pairs of an object, as given until the first change or listing. Apps read two or three of a request's dozen headers. */
  #given: Given | undefined;
  /** By name in lower case. */
  readonly #values = new Map<string, string>();
  /** Cookies are never joined: their values may hold commas. */
  #cookies: readonly string[] = [];
  #sorted: readonly Pair[] | undefined;
  #node: NodeHeaders | undefined;

  constructor(init?: unknown) {
    if (init === undefined) return;
    if (typeof init !== "object" || init === null || !this.#fill(init))
      this.#node = Reflect.construct(nodeClasses().Headers, [init]);
  }

  /** Returns false where the init is unusual. */
  #fill(init: object): boolean {
    if (#values in init && init.#node === undefined) {
      for (const [name, value] of init.#readGiven()) this.#values.set(name, normalized(value));
      this.#cookies = init.#cookies;
      return true;
    }
    if (Array.isArray(init))
      return init.every((pair) => Array.isArray(pair) && pair.length === 2 && this.#add(pair[0], pair[1]));
    if (Symbol.iterator in init) return false;
    const names = Object.keys(init);
    const values: readonly unknown[] = Object.values(init);
    if (!names.every(isName) || !values.every(isValue)) return false;
    this.#given = { names, values };
    return true;
  }

  /** Returns false where name or value is unusual. */
  #add(name: unknown, value: unknown): boolean {
    if (!isName(name) || !isValue(value)) return false;
    const values = this.#readGiven();
    const key = name.toLowerCase();
    if (key === SET_COOKIE) this.#cookies = [...this.#cookies, normalized(value)];
    else values.set(key, joined(values.get(key), key, value));
    this.#sorted = undefined;
    return true;
  }

  #readGiven(): Map<string, string> {
    const given = this.#given;
    this.#given = undefined;
    for (const [index, name] of (given?.names ?? []).entries()) this.#add(name, given?.values[index]);
    return this.#values;
  }

  [NODE_OBJECT](): NodeHeaders {
    if (this.#node) return this.#node;
    const node = new (nodeClasses().Headers)();
    for (const [name, value] of this.#list()) for (const part of partsOf(name, value)) node.append(name, part);
    this.#node = node;
    return node;
  }

  [ADOPT](node: NodeHeaders): void {
    this.#node = node;
  }

  get(name: string): string | null {
    if (this.#node || !isName(name)) return this[NODE_OBJECT]().get(name);
    const key = name.toLowerCase();
    if (this.#given) return valueIn(this.#given, key);
    if (key === SET_COOKIE) return this.#cookies.length > 0 ? this.#cookies.join(", ") : null;
    return this.#values.get(key) ?? null;
  }

  has(name: string): boolean {
    return this.#node || !isName(name) ? this[NODE_OBJECT]().has(name) : this.get(name) !== null;
  }

  getSetCookie(): string[] {
    if (this.#node) return this.#node.getSetCookie();
    this.#readGiven();
    return [...this.#cookies];
  }

  append(name: string, value: string): void {
    if (this.#node || !this.#add(name, value)) this[NODE_OBJECT]().append(name, value);
  }

  set(name: string, value: string): void {
    if (this.#node || !isName(name) || !isValue(value)) this[NODE_OBJECT]().set(name, value);
    else {
      this.#remove(name);
      this.#add(name, value);
    }
  }

  delete(name: string): void {
    if (this.#node || !isName(name)) this[NODE_OBJECT]().delete(name);
    else this.#remove(name);
  }

  #remove(name: string): void {
    const key = name.toLowerCase();
    this.#readGiven().delete(key);
    if (key === SET_COOKIE) this.#cookies = [];
    this.#sorted = undefined;
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArg?: unknown): void {
    for (let index = 0; ; index += 1) {
      const pair = this.#list()[index];
      if (pair === undefined) return;
      callback.call(thisArg, pair[1], pair[0], this);
    }
  }

  /** Reads the list anew at each step, as Fetch does: a loop sees the changes that it makes. */
  *entries(): Generator<Pair> {
    for (let index = 0; ; index += 1) {
      const pair = this.#list()[index];
      if (pair === undefined) return;
      yield [pair[0], pair[1]];
    }
  }

  *keys(): Generator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<Pair> {
    return this.entries();
  }

  #list(): readonly Pair[] {
    if (this.#node) return [...this.#node];
    this.#sorted ??= this.#sort();
    return this.#sorted;
  }

  #sort(): readonly Pair[] {
    const pairs = [...this.#readGiven()];
    for (const cookie of this.#cookies) pairs.push([SET_COOKIE, cookie]);
    return pairs.sort(byName);
  }
}

/** Clients send the same few dozen names in every request. The limit keeps a hostile client from filling the memory. */
const MAX_KNOWN_NAMES = 200;
const knownNames = new Set<unknown>();

function isName(name: unknown): name is string {
  if (knownNames.has(name)) return true;
  if (typeof name !== "string" || !NAME.test(name)) return false;
  if (knownNames.size < MAX_KNOWN_NAMES) knownNames.add(name);
  return true;
}

/** Line breaks at the ends, which Fetch drops, are left to Node. */
const isValue = (value: unknown): value is string => typeof value === "string" && VALUE.test(value);

const SPACE = 0x20;

function normalized(value: string): string {
  const isPlain = value === "" || (value.charCodeAt(0) > SPACE && value.charCodeAt(value.length - 1) > SPACE);
  return isPlain ? value : value.replace(OUTER_WHITE_SPACE, "");
}

function joined(before: string | null | undefined, key: string, value: string): string {
  if (before === undefined || before === null) return normalized(value);
  return before + separatorOf(key) + normalized(value);
}

const separatorOf = (key: string): string => (key === COOKIE ? "; " : ", ");

/** A value that was joined with an empty one ends in white space, which Node would drop. */
const partsOf = (key: string, value: string): readonly string[] =>
  normalized(value) === value ? [value] : value.split(separatorOf(key));

/** Joins the values of every spelling of a name. */
function valueIn({ names, values }: Given, key: string): string | null {
  let found: string | null = null;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index];
    // Most names differ in length already.
    if (name?.length === key.length && name.toLowerCase() === key) found = joined(found, key, values[index] ?? "");
  }
  return found;
}

const byName = ([a]: Pair, [b]: Pair): number => (a < b ? -1 : Number(a > b));

standInFor("Headers", Headers, { getters: [], methods: [], statics: [] });
