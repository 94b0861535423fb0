/**
 * Stand in for Fetch's classes in the bundles (docs/decisions/011). Node's own are undici's, which a cold start would load for 20 ms and
 * each request would pay for: they stream, and here every body is there as a whole. As much of them as Hono, `jose` and our own
 * code use, and equal to Node's in that (tests/unit/functions/fetch-classes.test.ts).
 */
type HeadersInit = Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

const isIterable = (init: HeadersInit): init is Iterable<readonly [string, string]> => Symbol.iterator in init;

export class Headers {
  /** As it was given: of a request's dozen fields, two or three are asked for. */
  readonly #given: Readonly<Record<string, string>>;
  /** By name in lower case: from the first change or listing on. */
  #values: Map<string, string> | undefined;

  constructor(init: HeadersInit = {}) {
    this.#given = isIterable(init) ? {} : init;
    if (init instanceof Headers) this.#values = new Map(init.#all());
    else if (isIterable(init)) for (const [name, value] of init) this.append(name, value);
  }

  get(name: string): string | null {
    const key = name.toLowerCase();
    return this.#values ? (this.#values.get(key) ?? null) : valueIn(this.#given, key);
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  set(name: string, value: string): void {
    this.#all().set(name.toLowerCase(), value.trim());
  }

  append(name: string, value: string): void {
    const before = this.get(name);
    this.#all().set(name.toLowerCase(), joined(before, value));
  }

  delete(name: string): void {
    this.#all().delete(name.toLowerCase());
  }

  forEach(callback: (value: string, name: string) => void): void {
    this.#all().forEach(callback);
  }

  entries(): IterableIterator<[string, string]> {
    return this.#all().entries();
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  #all(): Map<string, string> {
    if (this.#values) return this.#values;
    this.#values = new Map();
    for (const name of Object.keys(this.#given)) this.append(name, `${this.#given[name]}`);
    return this.#values;
  }
}

function valueIn(record: Readonly<Record<string, string>>, lowerCase: string): string | null {
  let found: string | null = null;
  for (const name of Object.keys(record)) {
    // Lengths tell most of them apart.
    if (name.length !== lowerCase.length || name.toLowerCase() !== lowerCase) continue;
    found = joined(found, `${record[name]}`);
  }
  return found;
}

const joined = (before: string | null, value: string): string =>
  before === null ? value.trim() : `${before}, ${value.trim()}`;

/** Text is kept as text: mostly nobody asks for its bytes. */
type Content = string | Uint8Array;

class Body {
  readonly headers: Headers;
  /** As it was given: whoever makes a new message of this one hands it on. */
  readonly body: Content | null;
  readonly bodyUsed = false;

  constructor(body: Content | null, headers: HeadersInit | undefined) {
    this.body = body;
    this.headers = new Headers(headers);
    if (typeof body === "string" && !this.headers.has("content-type"))
      this.headers.set("content-type", "text/plain;charset=UTF-8");
  }

  async text(): Promise<string> {
    const { body } = this;
    return typeof body === "string" ? body : new TextDecoder().decode(body ?? undefined);
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async bytes(): Promise<Uint8Array> {
    const { body } = this;
    return typeof body === "string" ? Buffer.from(body) : (body ?? new Uint8Array());
  }
}

export class Request extends Body {
  readonly url: string;
  readonly method: string;

  constructor(url: string, init: { method?: string; headers?: HeadersInit; body?: Content | null } = {}) {
    super(init.body ?? null, init.headers);
    this.url = url;
    this.method = init.method ?? "GET";
  }
}

export class Response extends Body {
  readonly status: number;

  constructor(
    body: Content | null = null,
    init: { status?: number | undefined; headers?: HeadersInit | undefined } = {},
  ) {
    super(body, init.headers);
    this.status = init.status ?? 200;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
}
