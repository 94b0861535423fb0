import { ADOPT, Headers } from "./headers.ts";
import { NODE_OBJECT } from "./node-classes.ts";

type NodeMessage = globalThis.Request | globalThis.Response;

/** Bodies that need no stream. Text is not encoded, because most callers never ask for its bytes. */
export type Content = string | Uint8Array<ArrayBuffer> | null;

/** `undefined` for bodies that only Node's classes read: streams, forms, blobs. */
export function contentOf(body: unknown): Content | undefined {
  if (body === undefined || body === null) return null;
  if (typeof body === "string") return body.toWellFormed();
  // Fetch copies the bytes, so a caller may reuse its buffer.
  if (body instanceof Uint8Array || body instanceof ArrayBuffer) return new Uint8Array(body);
  return undefined;
}

/** A message whose arguments were usual, so that it needs no object of Node's. */
export interface LightParts {
  readonly content: Content;
  readonly headers: Headers;
}

/** The headers and the body of a request or a response. Node's object takes over at the first use of a member that is not here. */
export abstract class FetchMessage<Node extends NodeMessage> {
  /** Absent if only Node's class understood the arguments. */
  readonly #light: LightParts | undefined;
  #used = false;
  #node: Node | undefined;

  constructor(light: LightParts | undefined, node: Node | undefined) {
    this.#light = light;
    this.#node = node;
    if (typeof light?.content === "string" && !light.headers.has("content-type"))
      light.headers.set("content-type", "text/plain;charset=UTF-8");
  }

  /** Makes Node's object with the same parts. */
  protected abstract build(light: {
    readonly content: Uint8Array<ArrayBuffer> | null;
    readonly headers: Headers;
  }): Node;

  [NODE_OBJECT](): Node {
    if (this.#node) return this.#node;
    const { content, headers } = this.#light ?? { content: null, headers: new Headers() };
    // As bytes, because for text Node would set a content type that a caller may have deleted.
    const node = this.build({ content: content === null ? null : bytesOf(content), headers });
    headers[ADOPT](node.headers);
    if (this.#used) void node.bytes();
    this.#node = node;
    return node;
  }

  get headers(): Headers | globalThis.Headers {
    return this.#light?.headers ?? this[NODE_OBJECT]().headers;
  }

  get body(): globalThis.ReadableStream | null {
    return this.#light?.content === null ? null : this[NODE_OBJECT]().body;
  }

  get bodyUsed(): boolean {
    return this.#node?.bodyUsed ?? this.#used;
  }

  async text(): Promise<string> {
    const content = this.#take();
    if (content === undefined) return this[NODE_OBJECT]().text();
    return typeof content === "string"
      ? content.replace(/^\uFEFF/, "")
      : new TextDecoder().decode(content ?? undefined);
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async bytes(): Promise<Uint8Array> {
    const content = this.#take();
    return content === undefined ? this[NODE_OBJECT]().bytes() : bytesOf(content);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const content = this.#take();
    return content === undefined ? this[NODE_OBJECT]().arrayBuffer() : bytesOf(content).buffer;
  }

  async blob(): Promise<Blob> {
    return this[NODE_OBJECT]().blob();
  }

  async formData(): Promise<FormData> {
    return this[NODE_OBJECT]().formData();
  }

  /** Returns the body the first time, then `undefined`: Node's object rejects a second read with Node's own error. */
  #take(): Content | undefined {
    if (this.#light === undefined || this.#node !== undefined || this.#used) return undefined;
    this.#used = this.#light.content !== null;
    return this.#light.content;
  }
}

function bytesOf(content: Content): Uint8Array<ArrayBuffer> {
  if (typeof content === "string") return new TextEncoder().encode(content);
  return content ?? new Uint8Array();
}
