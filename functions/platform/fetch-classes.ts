/**
 * Stand in for Fetch's classes in the bundles (docs/decisions/011). Node's own are undici's, which a cold start would load for 20 ms and
 * each request would pay for: they stream, and here every body is there as a whole. As much of them as Hono, `jose` and our own
 * code use, and equal to Node's in that (tests/unit/functions/fetch-classes.test.ts).
 */
type HeadersInit = Iterable<readonly [string, string]> | Readonly<Record<string, string | undefined>>;

const isIterable = (init: HeadersInit): init is Iterable<readonly [string, string]> => Symbol.iterator in init;

export class Headers {
  readonly #values: Map<string, string>;

  constructor(init: HeadersInit = {}) {
    this.#values = init instanceof Headers ? new Map(init.#values) : new Map();
    if (init instanceof Headers) return;
    // Most are made of records: one walk, and no pairs on the way.
    if (isIterable(init)) for (const [name, value] of init) this.append(name, value);
    else for (const name of Object.keys(init)) this.append(name, `${init[name]}`);
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value.trim());
  }

  append(name: string, value: string): void {
    const key = name.toLowerCase();
    const before = this.#values.get(key);
    this.#values.set(key, before === undefined ? value.trim() : `${before}, ${value.trim()}`);
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  forEach(callback: (value: string, name: string) => void): void {
    this.#values.forEach(callback);
  }

  entries(): IterableIterator<[string, string]> {
    return this.#values.entries();
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}

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

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { body } = this;
    return new Uint8Array(typeof body === "string" ? Buffer.from(body) : (body ?? [])).buffer;
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
